package io.millrace.api.catalog;

/** The query of a view, as written and with all identifiers expanded. */
public record ViewText(String original, String expanded) {}
