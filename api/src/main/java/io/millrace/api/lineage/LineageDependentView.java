package io.millrace.api.lineage;

import io.millrace.api.sql.LineageKind;

import java.util.List;

/**
 * A statement that reads a table.
 *
 * @param columns of the columns asked for, those that are read; none when it may be any of them
 * @param uses what for; empty when nothing comes of them
 */
public record LineageDependentView(
        LineageMakerKind kind, String name, long version, int line, List<String> columns, List<LineageKind> uses) {}
