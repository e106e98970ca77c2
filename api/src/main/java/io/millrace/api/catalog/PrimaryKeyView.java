package io.millrace.api.catalog;

import java.util.List;

/** A primary key, not enforced by Flink. */
public record PrimaryKeyView(String name, List<String> columns) {}
