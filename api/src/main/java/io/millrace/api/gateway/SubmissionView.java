package io.millrace.api.gateway;

/** An accepted submission. */
public record SubmissionView(String jobId) {}
