package io.millrace.api.job;

/**
 * A savepoint with which a job shall be able to begin, although it was not taken of it.
 *
 * @param path the folder that holds its metadata
 */
public record NewSnapshotImport(String path) {}
