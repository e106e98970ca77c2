package io.millrace.core.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.core.lineage.Flow;

import java.util.List;

/**
 * One statement of an analysed script.
 *
 * @param kind the Flink operation, such as {@code INSERT}
 * @param text the statement as written, without the closing semicolon
 * @param line where it begins in the script, from 1
 * @param column where in the line, from 1
 * @param functions full names of the user functions called
 * @param flows where the columns of each table written or view made come from
 */
public record ScriptStatement(
        String kind,
        StatementClass type,
        String text,
        int line,
        int column,
        List<TableUse> reads,
        List<TableUse> writes,
        List<String> functions,
        List<Flow> flows) {
    public ScriptStatement {
        requireNonNull(kind, "kind");
        requireNonNull(type, "type");
        requireNonNull(text, "text");
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("lines and columns start at 1, got " + line + ":" + column);
        }
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        functions = List.copyOf(functions);
        flows = List.copyOf(flows);
    }
}
