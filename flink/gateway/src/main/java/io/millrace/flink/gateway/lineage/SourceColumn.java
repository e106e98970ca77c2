package io.millrace.flink.gateway.lineage;

/**
 * A column of a table that is read.
 *
 * @param input the table, by its place among the inputs
 */
record SourceColumn(int input, String name) {}
