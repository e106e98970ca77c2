package io.millrace.server.catalog;

import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.ColumnKind;
import io.millrace.core.catalog.PrimaryKey;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements that create and change a table in PostgreSQL. Pure. Every name is quoted, every type is mapped. */
final class PostgresDdl {
    /** PostgreSQL cuts longer names without a word. */
    private static final int MAX_NAME_BYTES = 63;

    private PostgresDdl() {}

    static List<String> create(TablePath path, TableSpec spec) {
        List<String> parts = new ArrayList<>();
        for (Column column : spec.columns()) {
            parts.add(column(path, column));
        }
        spec.primaryKey().ifPresent(key -> parts.add(primaryKey(key)));
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE " + table(path) + " (" + String.join(", ", parts) + ")");
        statements.addAll(comments(path, List.of(), spec.columns()));
        spec.comment().ifPresent(text -> statements.add(tableComment(path, Optional.of(text))));
        return statements;
    }

    /** What turns {@code current} into {@code next}; throws CATALOG_UNSUPPORTED for what is not simple. */
    static List<String> alter(RemoteStore.RemoteTable current, TableName name, TableSpec next) {
        TablePath path = current.path();
        List<String> statements = new ArrayList<>(columns(path, current.spec(), next));
        if (!current.spec()
                .primaryKey()
                .map(PrimaryKey::columns)
                .equals(next.primaryKey().map(PrimaryKey::columns))) {
            throw refused(path, "its primary key cannot be changed");
        }
        if (!current.spec().comment().equals(next.comment())) {
            statements.add(tableComment(path, next.comment()));
        }
        if (!path.table().equals(name)) {
            statements.add("ALTER TABLE " + table(path) + " RENAME TO " + quote(name.value()));
        }
        return statements;
    }

    static String table(TablePath path) {
        return quote(path.parent().database().value()) + "."
                + quote(path.table().value());
    }

    static String quote(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new MillraceException(
                    ErrorCode.TABLE_INVALID,
                    "PostgreSQL names have at most " + MAX_NAME_BYTES + " bytes; '" + name + "' is longer.",
                    List.of(Flaw.at("/name", "too long")));
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String text(String value) {
        // With standard_conforming_strings, which is on since PostgreSQL 9.1, a backslash is nothing special.
        return "'" + value.replace("'", "''") + "'";
    }

    private static List<String> columns(TablePath path, TableSpec before, TableSpec after) {
        ColumnChange change = ColumnChange.between(before, after);
        if (change.isRename()) {
            String from = quote(change.dropped().get(0).name());
            String to = quote(change.added().get(0).name());
            return List.of("ALTER TABLE " + table(path) + " RENAME COLUMN " + from + " TO " + to);
        }
        refuseChangesOf(path, change.kept(), after);
        refuseOtherOrder(path, change.kept(), change.added(), after);
        List<String> statements = new ArrayList<>();
        change.dropped()
                .forEach(column ->
                        statements.add("ALTER TABLE " + table(path) + " DROP COLUMN " + quote(column.name())));
        change.added()
                .forEach(
                        column -> statements.add("ALTER TABLE " + table(path) + " ADD COLUMN " + column(path, column)));
        statements.addAll(comments(path, before.columns(), after.columns()));
        return statements;
    }

    private static void refuseChangesOf(TablePath path, List<Column> kept, TableSpec after) {
        for (Column column : kept) {
            Column next = ColumnChange.named(after, column.name()).orElseThrow();
            if (!column.type().equals(next.type()) || column.kind() != next.kind()) {
                throw refused(path, "the type of column '" + column.name() + "' cannot be changed");
            }
        }
    }

    private static void refuseOtherOrder(TablePath path, List<Column> kept, List<Column> added, TableSpec after) {
        List<String> expected = new ArrayList<>();
        kept.forEach(column -> expected.add(column.name()));
        added.forEach(column -> expected.add(column.name()));
        List<String> wanted = after.columns().stream().map(Column::name).toList();
        if (!expected.equals(wanted)) {
            throw refused(path, "new columns can only come last and the others keep their order");
        }
    }

    private static List<String> comments(TablePath path, List<Column> before, List<Column> after) {
        List<String> statements = new ArrayList<>();
        for (Column column : after) {
            Optional<String> old = before.stream()
                    .filter(each -> each.name().equals(column.name()))
                    .findFirst()
                    .flatMap(Column::comment);
            if (!old.equals(column.comment())) {
                statements.add("COMMENT ON COLUMN " + table(path) + "." + quote(column.name()) + " IS "
                        + column.comment().map(PostgresDdl::text).orElse("NULL"));
            }
        }
        return statements;
    }

    private static String tableComment(TablePath path, Optional<String> text) {
        return "COMMENT ON TABLE " + table(path) + " IS "
                + text.map(PostgresDdl::text).orElse("NULL");
    }

    private static String column(TablePath path, Column column) {
        if (column.kind() != ColumnKind.PHYSICAL) {
            throw refused(
                    path, "column '" + column.name() + "' is computed or metadata, and the table is stored there");
        }
        String flink = column.type().orElseThrow();
        String type = PostgresTypes.toPostgres(flink)
                .orElseThrow(() -> CatalogFailures.noSuchType("PostgreSQL", path, column.name(), flink));
        return quote(column.name()) + " " + type + (PostgresTypes.isRequired(flink) ? " NOT NULL" : "");
    }

    private static String primaryKey(PrimaryKey key) {
        return "PRIMARY KEY (" + key.columns().stream().map(PostgresDdl::quote).collect(Collectors.joining(", ")) + ")";
    }

    private static MillraceException refused(TablePath path, String reason) {
        return CatalogFailures.unsupported(
                "Table " + path + " is kept by PostgreSQL: " + reason + ". Change it there, or create a new table.");
    }
}
