package io.millrace.api.job;

/** Something that happened to a job, as the stream of all jobs' events tells it. */
public record StreamedJobEventView(String workspace, String job, JobEventView event) {}
