package io.millrace.api.sql;

/**
 * A column that something comes from or is decided by.
 *
 * @param input which of the lineage's inputs, from 0
 */
public record LineageSource(int input, String column, LineageKind kind) {}
