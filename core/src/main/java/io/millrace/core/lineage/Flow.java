package io.millrace.core.lineage;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where the rows of one sink or view come from.
 *
 * @param inputs what is read, each once
 * @param columns the target's columns in order
 * @param indirect the columns that decide which rows there are or which value is taken
 * @param reasons why it is incomplete; empty when it is complete
 */
public record Flow(
        LineageTable target, List<Input> inputs, List<Column> columns, List<Source> indirect, List<String> reasons) {
    public Flow {
        requireNonNull(target, "target");
        inputs = List.copyOf(inputs);
        columns = List.copyOf(columns);
        indirect = List.copyOf(indirect);
        reasons = List.copyOf(reasons);
    }

    /** As {@code maker} makes it, into {@code target}. */
    public Flow of(Maker maker, LineageTable into) {
        List<Input> own = inputs.stream()
                .map(input -> new Input(input.table().of(maker), input.view(), input.columns()))
                .toList();
        return new Flow(into.of(maker), own, columns, indirect, reasons);
    }

    public boolean complete() {
        return reasons.isEmpty();
    }

    /**
     * What is read.
     *
     * @param columns those that are mentioned; none for a view, of which every column may be used
     */
    public record Input(LineageTable table, boolean view, List<String> columns) {
        public Input {
            requireNonNull(table, "table");
            columns = List.copyOf(columns);
        }
    }

    /** One column of the target and what makes it. */
    public record Column(String name, String expression, List<Source> sources) {
        public Column {
            requireNonNull(name, "name");
            requireNonNull(expression, "expression");
            sources = List.copyOf(sources);
        }
    }

    /**
     * A column of an input.
     *
     * @param input which one, from 0
     */
    public record Source(int input, String column, LineageKind kind) {
        public Source {
            requireNonNull(column, "column");
            requireNonNull(kind, "kind");
        }
    }
}
