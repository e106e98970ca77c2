package io.millrace.core.target;

/**
 * What lies in a folder and below.
 *
 * @param files how many files
 * @param bytes their lengths together
 */
public record Contents(long files, long bytes) {}
