package io.millrace.api.job;

/** A tag, and how many of the jobs that the caller may see have it. */
public record JobTagView(String tag, int jobs) {}
