package io.millrace.server.catalog;

import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.ColumnKind;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.PrimaryKey;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements that create and change a table in MySQL. Pure. Every name is quoted, every type is mapped. A change is
 * one statement, because MySQL takes back none.
 */
final class MysqlDdl {
    private static final int MAX_NAME = 64;

    private MysqlDdl() {}

    static String create(TablePath path, TableSpec spec) {
        List<String> parts = new ArrayList<>();
        for (Column column : spec.columns()) {
            parts.add(column(path, column));
        }
        spec.primaryKey().ifPresent(key -> parts.add(primaryKey(path, spec, key)));
        // What Flink writes is Unicode, whatever the database's default is.
        return "CREATE TABLE " + table(path) + " (" + String.join(", ", parts) + ") DEFAULT CHARACTER SET utf8mb4"
                + spec.comment().map(text -> " COMMENT " + text(text)).orElse("");
    }

    /** What turns {@code before} into {@code next}, if anything; throws CATALOG_UNSUPPORTED for what is not simple. */
    static Optional<String> alter(TablePath path, TableSpec before, TableName name, TableSpec next) {
        List<String> parts = new ArrayList<>(columns(path, before, next));
        if (!before.primaryKey()
                .map(PrimaryKey::columns)
                .equals(next.primaryKey().map(PrimaryKey::columns))) {
            throw refused(path, "its primary key cannot be changed");
        }
        if (!before.comment().equals(next.comment())) {
            parts.add("COMMENT = " + text(next.comment().orElse("")));
        }
        if (!path.table().equals(name)) {
            parts.add("RENAME TO " + table(path.parent().table(name)));
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("ALTER TABLE " + table(path) + " " + String.join(", ", parts));
    }

    static String table(TablePath path) {
        return database(path.parent()) + "." + quote(path.table().value());
    }

    static String database(DatabasePath path) {
        return quote(path.database().value());
    }

    static String quote(String name) {
        // No server could mean anything by these, and they refuse the first and the last.
        boolean refused = name.chars().anyMatch(each -> each == 0)
                || name.codePoints().anyMatch(Character::isSupplementaryCodePoint)
                || name.endsWith(" ");
        if (refused || name.length() > MAX_NAME) {
            throw new MillraceException(
                    ErrorCode.TABLE_INVALID,
                    "MySQL names have at most " + MAX_NAME + " characters, no emoji, and no blank at the end; '" + name
                            + "' is none.",
                    List.of(Flaw.at("/name", "not a name in MySQL")));
        }
        return '`' + name.replace("`", "``") + '`';
    }

    /** For sessions with NO_BACKSLASH_ESCAPES, which ours are. */
    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static List<String> columns(TablePath path, TableSpec before, TableSpec after) {
        ColumnChange change = ColumnChange.between(before, after);
        if (change.isRename()) {
            return List.of("RENAME COLUMN " + quote(change.dropped().get(0).name()) + " TO "
                    + quote(change.added().get(0).name()));
        }
        refuseChanges(path, change.kept(), after);
        List<String> parts = new ArrayList<>();
        change.dropped().forEach(column -> parts.add("DROP COLUMN " + quote(column.name())));
        for (Column column : change.added()) {
            int place = after.columns().indexOf(column);
            String where = place == 0
                    ? " FIRST"
                    : " AFTER " + quote(after.columns().get(place - 1).name());
            parts.add("ADD COLUMN " + column(path, column) + where);
        }
        return parts;
    }

    private static void refuseChanges(TablePath path, List<Column> kept, TableSpec after) {
        for (Column column : kept) {
            Column next = ColumnChange.named(after, column.name()).orElseThrow();
            if (!column.type().equals(next.type()) || column.kind() != next.kind()) {
                throw refused(path, "the type of column '" + column.name() + "' cannot be changed");
            }
            if (!column.comment().equals(next.comment())) {
                // MySQL wants the whole column again, with what Flink does not know of it.
                throw refused(path, "the comment of column '" + column.name() + "' cannot be changed");
            }
        }
        List<String> names = kept.stream().map(Column::name).toList();
        List<String> inOrder = after.columns().stream()
                .map(Column::name)
                .filter(names::contains)
                .toList();
        if (!inOrder.equals(names)) {
            throw refused(path, "its columns keep their order");
        }
    }

    private static String column(TablePath path, Column column) {
        if (column.kind() != ColumnKind.PHYSICAL) {
            throw refused(
                    path, "column '" + column.name() + "' is computed or metadata, and the table is stored there");
        }
        String flink = column.type().orElseThrow();
        String type = MysqlTypes.toMysql(flink)
                .orElseThrow(() -> CatalogFailures.noSuchType("MySQL", path, column.name(), flink));
        return quote(column.name()) + " " + type + (PostgresTypes.isRequired(flink) ? " NOT NULL" : " NULL")
                + column.comment().map(text -> " COMMENT " + text(text)).orElse("");
    }

    private static String primaryKey(TablePath path, TableSpec spec, PrimaryKey key) {
        for (String name : key.columns()) {
            String type = ColumnChange.named(spec, name)
                    .flatMap(Column::type)
                    .flatMap(MysqlTypes::toMysql)
                    .orElse("");
            if (type.startsWith("long")) {
                throw new MillraceException(
                        ErrorCode.TYPE_UNSUPPORTED,
                        "Column '" + name + "' of " + path + " is part of the primary key, and MySQL has no key over "
                                + type + ". Give it a length, such as VARCHAR(255).",
                        List.of(Flaw.at("/primaryKey/columns", "column '" + name + "' needs a length")));
            }
        }
        return "PRIMARY KEY (" + key.columns().stream().map(MysqlDdl::quote).collect(Collectors.joining(", ")) + ")";
    }

    private static MillraceException refused(TablePath path, String reason) {
        return CatalogFailures.unsupported(
                "Table " + path + " is kept by MySQL: " + reason + ". Change it there, or create a new table.");
    }
}
