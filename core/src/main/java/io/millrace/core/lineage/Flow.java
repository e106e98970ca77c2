package io.millrace.core.lineage;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.BinaryOperator;

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

    /** The same with other names for the columns: {@code name} is given a table's key and a column's name. */
    public Flow called(BinaryOperator<String> name) {
        List<Input> named = inputs.stream()
                .map(input -> new Input(
                        input.table(),
                        input.view(),
                        input.columns().stream()
                                .map(column -> name.apply(input.table().key(), column))
                                .toList()))
                .toList();
        List<Column> made = columns.stream()
                .map(column -> new Column(
                        name.apply(target.key(), column.name()), column.expression(), called(column.sources(), name)))
                .toList();
        return new Flow(target, named, made, called(indirect, name), reasons);
    }

    private List<Source> called(List<Source> sources, BinaryOperator<String> name) {
        return sources.stream()
                .map(source -> new Source(
                        source.input(),
                        name.apply(inputs.get(source.input()).table().key(), source.column()),
                        source.kind()))
                .toList();
    }

    public boolean complete() {
        return reasons.isEmpty();
    }

    /**
     * What is read.
     *
     * @param columns those that are mentioned
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
