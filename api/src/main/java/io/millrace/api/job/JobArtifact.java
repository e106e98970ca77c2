package io.millrace.api.job;

/**
 * Code that a version of a job calls.
 *
 * @param function the full name of the function of a catalog
 * @param digest of the jar that its class was in when the version was applied: {@code sha256:} and 64 hexadecimal digits
 */
public record JobArtifact(String function, String digest) {}
