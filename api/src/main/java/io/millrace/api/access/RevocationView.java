package io.millrace.api.access;

/**
 * What became of taking grants back.
 *
 * @param removed how many there were
 */
public record RevocationView(int removed) {}
