package io.millrace.api.catalog;

/** A table in a list. */
public record TableSummary(String name, TableKind kind, String comment) {}
