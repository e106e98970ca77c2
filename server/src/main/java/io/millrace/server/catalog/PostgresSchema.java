package io.millrace.server.catalog;

import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.ColumnKind;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.PrimaryKey;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what PostgreSQL says of its schemas and tables. System schemas do not exist here. */
final class PostgresSchema {
    private static final String SCHEMAS = """
            SELECT nspname AS name, coalesce(obj_description(oid, 'pg_namespace'), '') AS comment
            FROM pg_namespace
            WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'
            ORDER BY nspname COLLATE "C"
            """;

    private static final String TABLES = """
            SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind IN ('v', 'm') AS view,
                   coalesce(obj_description(c.oid, 'pg_class'), '') AS comment,
                   (SELECT count(*) || ':' || coalesce(sum(CAST(CAST(a.xmin AS text) AS bigint)), 0)
                    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0)
                   || ':' ||
                   (SELECT count(*) || ':' || coalesce(sum(CAST(CAST(k.xmin AS text) AS bigint)), 0)
                    FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')
                       AS stamp
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
              AND (CAST(:schema AS text) IS NULL OR n.nspname = :schema)
              AND (CAST(:name AS text) IS NULL OR c.relname = :name)
              AND (CAST(:oid AS bigint) IS NULL OR CAST(c.oid AS bigint) = :oid)
            ORDER BY c.relname COLLATE "C"
            """;

    /** In the order of bytes, as Java sorts. */
    private static final String LIST = """
            SELECT c.relname AS name, coalesce(obj_description(c.oid, 'pg_class'), '') AS comment
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname = :schema
              AND c.relname COLLATE "C" > :after AND (:text = '' OR strpos(lower(c.relname), lower(:text)) > 0)
              AND c.relname !~ '[[:cntrl:]]'
            ORDER BY c.relname COLLATE "C"
            LIMIT :limit
            """;

    private static final String COLUMNS = """
            SELECT CAST(a.attrelid AS bigint) AS oid, a.attnum AS number, a.attname AS name,
                   a.attnotnull OR t.typnotnull AS required,
                   CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END AS modifier,
                   CASE WHEN n.nspname = 'pg_catalog' OR b.typname = 'citext' THEN b.typname ELSE '' END AS type,
                   b.typtype = 'e' AS enum, e.typname AS element, format_type(a.atttypid, a.atttypmod) AS declared,
                   col_description(a.attrelid, a.attnum) AS comment,
                   EXISTS (SELECT 1 FROM pg_get_keywords() k WHERE k.word = a.attname AND k.catcode IN ('R', 'T'))
                       AS reserved
            FROM pg_attribute a
            JOIN pg_type t ON t.oid = a.atttypid
            JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
            JOIN pg_namespace n ON n.oid = b.typnamespace
            LEFT JOIN pg_type e ON e.oid = b.typelem AND b.typcategory = 'A'
            WHERE a.attrelid = ANY(CAST(:oids AS oid[])) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attrelid, a.attnum
            """;

    private static final String PRIMARY_KEY = """
            SELECT CAST(k.conrelid AS bigint) AS oid, k.conname AS name, a.attname AS column_name
            FROM pg_constraint k
            CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS part (number, place)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = part.number
            WHERE k.conrelid = ANY(CAST(:oids AS oid[])) AND k.contype = 'p'
            ORDER BY k.conrelid, part.place
            """;

    private PostgresSchema() {}

    /** Names and comments, sorted by name. */
    static List<Map.Entry<String, String>> schemas(Handle handle) {
        return handle.createQuery(SCHEMAS)
                .map((row, context) -> Map.entry(row.getString("name"), row.getString("comment")))
                .filter(each -> TableName.isName(each.getKey()))
                .list();
    }

    /** Sorted by name; empty as well if there is no such schema. */
    static List<ListedTable> list(Handle handle, String schema, TableFilter filter) {
        return handle.createQuery(LIST)
                .bind("schema", schema)
                .bind("after", filter.after())
                .bind("text", filter.text())
                .bind("limit", filter.limit())
                .map((row, context) -> Map.entry(row.getString("name"), row.getString("comment")))
                .filter(each -> TableName.isName(each.getKey()))
                .map(each -> new ListedTable(new TableName(each.getKey()), false, each.getValue()))
                .list();
    }

    static List<Relation> relations(Handle handle, String schema) {
        return relations(handle, schema, null, null);
    }

    static Optional<Relation> relation(Handle handle, TablePath path) {
        String schema = path.parent().database().value();
        return relations(handle, schema, path.table().value(), null).stream().findFirst();
    }

    static Optional<Relation> relation(Handle handle, long oid) {
        return relations(handle, null, null, oid).stream().findFirst();
    }

    /** Columns and primary keys of some tables, by oid. */
    static Map<Long, Structure> structures(Handle handle, List<Long> oids) {
        Map<Long, Structure> found = new HashMap<>();
        oids.forEach(oid -> found.put(oid, new Structure(new ArrayList<>(), new ArrayList<>())));
        handle.createQuery(COLUMNS)
                .bindArray("oids", Long.class, oids)
                .map((row, context) -> found.get(row.getLong("oid")).columns().add(RemoteColumn.of(row)))
                .list();
        handle.createQuery(PRIMARY_KEY)
                .bindArray("oids", Long.class, oids)
                .map((row, context) -> found.get(row.getLong("oid"))
                        .key()
                        .add(Map.entry(row.getString("name"), row.getString("column_name"))))
                .list();
        return found;
    }

    /** TYPE_UNSUPPORTED or TABLE_INVALID if one of the columns cannot be read by Flink. */
    static RemoteStore.RemoteTable table(TablePath path, Relation relation, Structure structure) {
        Map<String, String> columnKeys = new HashMap<>();
        structure.columns().forEach(column -> columnKeys.put(column.name(), String.valueOf(column.number())));
        TableSpec spec = spec(path, relation, structure);
        return new RemoteStore.RemoteTable(path, relation.key(), spec, columnKeys);
    }

    private static TableSpec spec(TablePath path, Relation relation, Structure structure) {
        List<Column> columns =
                structure.columns().stream().map(column -> column(column, path)).toList();
        List<Map.Entry<String, String>> key = structure.key();
        Optional<PrimaryKey> primaryKey = key.isEmpty()
                ? Optional.empty()
                : Optional.of(new PrimaryKey(
                        key.get(0).getKey(),
                        key.stream().map(Map.Entry::getValue).toList()));
        Optional<String> comment = Optional.of(relation.comment()).filter(text -> !text.isEmpty());
        return new TableSpec(columns, primaryKey, List.of(), List.of(), Map.of(), comment, Optional.empty());
    }

    private static List<Relation> relations(
            Handle handle, @Nullable String schema, @Nullable String name, @Nullable Long oid) {
        return handle.createQuery(TABLES)
                .bind("schema", schema)
                .bind("name", name)
                .bind("oid", oid)
                .map((row, context) -> new Relation(
                        row.getLong("oid"),
                        row.getString("schema"),
                        row.getString("name"),
                        row.getBoolean("view"),
                        row.getString("comment"),
                        row.getString("stamp")))
                .filter(relation -> TableName.isName(relation.name()))
                .list();
    }

    private static Column column(RemoteColumn column, TablePath path) {
        String name = column.name();
        if (column.reserved() || !isPlain(name)) {
            throw new MillraceException(
                    ErrorCode.TABLE_INVALID,
                    "Column '" + name + "' of " + path + " has a name that PostgreSQL wants in quotes, and Flink's JDBC"
                            + " connector writes none. Read the table through a view with other column names.",
                    List.of(Flaw.at("/columns", "column '" + name + "' needs quotes")));
        }
        String flink = PostgresTypes.toFlink(column.type())
                .orElseThrow(() -> unsupported(path, name, column.type().declared()));
        return new Column(
                name,
                ColumnKind.PHYSICAL,
                Optional.of(column.required() ? flink + " NOT NULL" : flink),
                Optional.empty(),
                Optional.empty(),
                false,
                column.comment());
    }

    /** Whether the name means the same with and without quotes, reserved words apart. */
    private static boolean isPlain(String name) {
        return Character.isJavaIdentifierStart(name.codePointAt(0))
                && name.codePointAt(0) != '$'
                && name.codePoints()
                        .allMatch(point ->
                                Character.isJavaIdentifierPart(point) && Character.toLowerCase(point) == point);
    }

    private static MillraceException unsupported(TablePath path, String column, String type) {
        return new MillraceException(
                ErrorCode.TYPE_UNSUPPORTED,
                "Column '" + column + "' of " + path + " has type " + type
                        + ", which Flink's JDBC connector cannot read."
                        + " Read the table through a view in PostgreSQL that casts or leaves out the column.",
                List.of(Flaw.at("/columns", "column '" + column + "' has type " + type)));
    }

    /** Columns, and name and column of each part of the primary key. */
    record Structure(List<RemoteColumn> columns, List<Map.Entry<String, String>> key) {}

    /**
     * A column as PostgreSQL describes it.
     *
     * @param number the same across renames and never given to another column of its table
     */
    record RemoteColumn(
            int number,
            String name,
            PostgresTypes.RemoteType type,
            boolean required,
            boolean reserved,
            Optional<String> comment) {
        private static RemoteColumn of(ResultSet row) throws SQLException {
            var type = new PostgresTypes.RemoteType(
                    row.getString("type"),
                    row.getBoolean("enum"),
                    row.getInt("modifier"),
                    Optional.ofNullable(row.getString("element")),
                    row.getString("declared"));
            return new RemoteColumn(
                    row.getInt("number"),
                    row.getString("name"),
                    type,
                    row.getBoolean("required"),
                    row.getBoolean("reserved"),
                    Optional.ofNullable(row.getString("comment")));
        }
    }

    /**
     * A table or view in PostgreSQL.
     *
     * @param stamp from the transactions that wrote its columns and key
     */
    record Relation(long oid, String schema, String name, boolean view, String comment, String stamp) {
        /** The same across renames, and never that of a table that is created anew. */
        String key() {
            return String.valueOf(oid);
        }
    }
}
