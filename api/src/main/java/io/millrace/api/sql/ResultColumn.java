package io.millrace.api.sql;

/** A column of a result, with its Flink SQL type. */
public record ResultColumn(String name, String type) {}
