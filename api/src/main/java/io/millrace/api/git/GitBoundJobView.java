package io.millrace.api.git;

/**
 * A job that came from Git.
 *
 * @param file its path in the repository
 * @param commit the last one that was applied
 * @param version the job's version that has that content
 */
public record GitBoundJobView(String name, String file, String commit, long version) {}
