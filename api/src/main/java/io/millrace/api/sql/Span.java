package io.millrace.api.sql;

/** A part of a text; lines and columns from 1, the end inclusive. */
public record Span(int line, int column, int endLine, int endColumn) {}
