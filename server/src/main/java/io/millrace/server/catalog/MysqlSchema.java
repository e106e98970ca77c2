package io.millrace.server.catalog;

import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.ColumnKind;
import io.millrace.core.catalog.DatabasePath;
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
import org.jdbi.v3.core.statement.Query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what {@code information_schema} says of databases and tables. System databases do not exist here. */
final class MysqlSchema {
    private static final String DATABASES = """
            SELECT SCHEMA_NAME AS name, %s AS comment FROM information_schema.SCHEMATA
            WHERE SCHEMA_NAME NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')
            ORDER BY BINARY SCHEMA_NAME
            """;

    /**
     * One round trip for the tables of a database: what they are, and fingerprints of their columns and of their
     * primary keys. Names are compared as bytes, because two of them may differ in case only.
     */
    private static final String HEADS = """
            SELECT 'T' AS kind, TABLE_NAME AS name, TABLE_TYPE AS type, TABLE_COMMENT AS comment, '' AS stamp
            FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = :database %1$s AND TABLE_TYPE IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
            UNION ALL
            SELECT 'C', MIN(TABLE_NAME), '', '', HEX(BIT_XOR(CAST(CONV(LEFT(MD5(CONCAT_WS('\\n', ORDINAL_POSITION,
                COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_COMMENT)), 16), 16, 10) AS UNSIGNED)))
            FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = :database %1$s GROUP BY BINARY TABLE_NAME
            UNION ALL
            SELECT 'K', MIN(TABLE_NAME), '', '', HEX(BIT_XOR(CAST(CONV(LEFT(MD5(CONCAT_WS('\\n', SEQ_IN_INDEX,
                COLUMN_NAME)), 16), 16, 10) AS UNSIGNED)))
            FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = :database %1$s AND INDEX_NAME = 'PRIMARY' GROUP BY BINARY TABLE_NAME
            """;

    private static final String NAMES = """
            SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = :database ORDER BY BINARY TABLE_NAME
            """;

    /** In the order of bytes, as Java sorts. */
    private static final String LIST = """
            SELECT TABLE_NAME AS name, IF(TABLE_TYPE = 'VIEW', '', TABLE_COMMENT) AS comment
            FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = :database AND TABLE_TYPE IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
              AND BINARY TABLE_NAME > :after AND (:text = '' OR LOCATE(LOWER(:text), LOWER(TABLE_NAME)) > 0)
              AND TABLE_NAME NOT REGEXP '[[:cntrl:]]'
            ORDER BY BINARY TABLE_NAME
            LIMIT :limit
            """;

    /** Finds a table without looking at its neighbours. */
    private static final String ONE = "AND TABLE_NAME IN (<names>)";

    /** As bytes: MariaDB would take names that differ in case only for one, and then find none of them. */
    private static final String SOME = "AND BINARY TABLE_NAME IN (<names>)";

    private static final Set<String> SYSTEM = Set.of("information_schema", "mysql", "performance_schema", "sys");

    /** Whatever DROP DATABASE would take along. */
    private static final String USED = """
            SELECT EXISTS (SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = :database)
                OR EXISTS (SELECT 1 FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = :database)
                OR EXISTS (SELECT 1 FROM information_schema.EVENTS WHERE EVENT_SCHEMA = :database)
            """;

    /** One round trip for the structure of some tables. */
    private static final String TABLES = """
            SELECT 'T' AS kind, TABLE_NAME AS tab, 0 AS place, TABLE_TYPE AS name, TABLE_COMMENT AS comment,
                '' AS type, '' AS declared, 0 AS length, 0 AS scale, 'YES' AS nullable
            FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = :database %1$s
                AND TABLE_TYPE IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
            UNION ALL
            SELECT 'C', TABLE_NAME, ORDINAL_POSITION, COLUMN_NAME, COLUMN_COMMENT, DATA_TYPE, COLUMN_TYPE,
                COALESCE(CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, DATETIME_PRECISION, 0),
                COALESCE(NUMERIC_SCALE, 0), IS_NULLABLE
            FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = :database %1$s
            UNION ALL
            SELECT 'K', TABLE_NAME, SEQ_IN_INDEX, COLUMN_NAME, '', '', '', 0, 0, ''
            FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = :database AND INDEX_NAME = 'PRIMARY' %1$s
            ORDER BY kind, place
            """;

    /** The connector puts names between backticks as they are, and takes these for parameters of its statements. */
    private static final Pattern UNFIT = Pattern.compile("[`?:]");

    private MysqlSchema() {}

    /** Names and comments, sorted by name. */
    static List<Map.Entry<String, String>> databases(Handle handle) {
        String comment = isMariaDb(handle) ? "SCHEMA_COMMENT" : "''";
        return handle.createQuery(DATABASES.formatted(comment))
                .map((row, context) -> Map.entry(row.getString("name"), row.getString("comment")))
                .filter(each -> TableName.isName(each.getKey()))
                .list();
    }

    /** MySQL keeps no comments of databases. */
    static boolean isMariaDb(Handle handle) {
        return handle.createQuery("SELECT VERSION()").mapTo(String.class).one().contains("MariaDB");
    }

    static boolean isSystem(DatabasePath database) {
        return SYSTEM.contains(database.database().value().toLowerCase(Locale.ROOT));
    }

    static boolean isUsed(Handle handle, String database) {
        return handle.createQuery(USED)
                .bind("database", database)
                .mapTo(Boolean.class)
                .one();
    }

    /** Sorted by name; empty as well if there is no such database. */
    static List<ListedTable> list(Handle handle, DatabasePath database, TableFilter filter) {
        return handle.createQuery(LIST)
                .bind("database", database.database().value())
                .bind("after", filter.after())
                .bind("text", filter.text())
                .bind("limit", filter.limit())
                .map((row, context) -> Map.entry(row.getString("name"), row.getString("comment")))
                .filter(each -> TableName.isName(each.getKey()))
                .map(each -> new ListedTable(new TableName(each.getKey()), false, each.getValue()))
                .list();
    }

    /** Of all tables, sorted; for these the store opens none. Empty as well if there is no such database. */
    static List<String> names(Handle handle, DatabasePath database) {
        return handle.createQuery(NAMES)
                .bind("database", database.database().value())
                .mapTo(String.class)
                .list();
    }

    /** Sorted by name; empty as well if there is no such database. */
    static List<RemoteStore.Head> heads(Handle handle, DatabasePath database) {
        return heads(handle.createQuery(HEADS.formatted("")), database);
    }

    /** Those of some tables. */
    static List<RemoteStore.Head> heads(Handle handle, DatabasePath database, Collection<String> names) {
        Query query = handle.createQuery(HEADS.formatted(condition(names))).bindList("names", List.copyOf(names));
        return heads(query, database).stream()
                .filter(head -> names.contains(head.name().value()))
                .toList();
    }

    private static List<RemoteStore.Head> heads(Query query, DatabasePath database) {
        Map<String, Fingerprint> found = new TreeMap<>();
        query.bind("database", database.database().value())
                .map((row, context) -> {
                    Fingerprint entry = found.computeIfAbsent(row.getString("name"), name -> new Fingerprint());
                    entry.add(row.getString("kind"), row.getString("type"), row.getString("comment"));
                    return entry.stamp.append(row.getString("stamp"));
                })
                .list();
        List<RemoteStore.Head> heads = new ArrayList<>();
        found.forEach((name, entry) -> {
            if (entry.known && TableName.isName(name)) {
                String key = MysqlDdl.table(database.table(new TableName(name)));
                heads.add(new RemoteStore.Head(new TableName(name), key, entry.stamp.toString(), entry.comment));
            }
        });
        return heads;
    }

    private static String condition(Collection<String> names) {
        return names.size() == 1 ? ONE : SOME;
    }

    /** By name, exactly as written. */
    static Map<String, Relation> relations(Handle handle, DatabasePath database, Collection<String> names) {
        Map<String, Relation> found = new TreeMap<>();
        handle.createQuery(TABLES.formatted(condition(names)))
                .bind("database", database.database().value())
                .bindList("names", List.copyOf(names))
                .map((row, context) -> {
                    String table = row.getString("tab");
                    return names.contains(table)
                            && found.computeIfAbsent(table, name -> new Relation())
                                    .add(row);
                })
                .list();
        found.values().removeIf(relation -> !relation.known);
        return found;
    }

    /** Its columns and primary key; TYPE_UNSUPPORTED or TABLE_INVALID if Flink cannot have one of the columns. */
    static TableSpec spec(TablePath path, Relation relation) {
        List<Column> columns =
                relation.columns.stream().map(column -> column(path, column)).toList();
        Optional<PrimaryKey> key = relation.key.isEmpty()
                ? Optional.empty()
                : Optional.of(new PrimaryKey("PRIMARY", List.copyOf(relation.key)));
        Optional<String> comment = Optional.of(relation.comment).filter(text -> !text.isEmpty());
        return new TableSpec(columns, key, List.of(), List.of(), Map.of(), comment, Optional.empty());
    }

    private static Column column(TablePath path, RemoteColumn column) {
        if (UNFIT.matcher(column.name()).find()) {
            throw new MillraceException(
                    ErrorCode.TABLE_INVALID,
                    "Column '" + column.name() + "' of " + path + " has one of the characters ` ? : in its name, which"
                            + " Flink's JDBC connector cannot write. Read the table through a view with other column"
                            + " names.",
                    List.of(Flaw.at("/columns", "column '" + column.name() + "' has one of ` ? : in its name")));
        }
        String flink = MysqlTypes.toFlink(column.type()).orElseThrow(() -> unsupported(path, column));
        return new Column(
                column.name(),
                ColumnKind.PHYSICAL,
                Optional.of(column.required() ? flink + " NOT NULL" : flink),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(column.comment()).filter(text -> !text.isEmpty()));
    }

    private static MillraceException unsupported(TablePath path, RemoteColumn column) {
        String type = column.type().declared();
        return new MillraceException(
                ErrorCode.TYPE_UNSUPPORTED,
                "Column '" + column.name() + "' of " + path + " has type " + type
                        + ", which Flink's JDBC connector cannot read."
                        + " Read the table through a view in MySQL that casts or leaves out the column.",
                List.of(Flaw.at("/columns", "column '" + column.name() + "' has type " + type)));
    }

    /** What the rows of {@link #HEADS} say of one table. */
    private static final class Fingerprint {
        private final StringBuilder stamp = new StringBuilder();
        private String comment = "";
        private boolean known;

        void add(String kind, String type, String text) {
            stamp.append(kind);
            if (kind.equals("T")) {
                known = true;
                comment = type.equals("VIEW") ? "" : text;
                stamp.append(type.charAt(0)).append(Integer.toHexString(comment.hashCode()));
            }
        }
    }

    /** A table or view as the rows of {@link #TABLES} describe it. */
    static final class Relation {
        private final List<RemoteColumn> columns = new ArrayList<>();
        private final List<String> key = new ArrayList<>();
        private String comment = "";
        private boolean known;
        private boolean view;

        boolean isView() {
            return view;
        }

        private boolean add(ResultSet row) throws SQLException {
            switch (row.getString("kind")) {
                case "T" -> {
                    known = true;
                    view = row.getString("name").equals("VIEW");
                    // A view's is the word VIEW.
                    comment = view ? "" : row.getString("comment");
                }
                case "C" -> columns.add(RemoteColumn.of(row));
                case "K" -> key.add(row.getString("name"));
                default -> throw new IllegalStateException("our own query gave another kind of row");
            }
            return true;
        }
    }

    private record RemoteColumn(String name, MysqlTypes.RemoteType type, boolean required, String comment) {
        static RemoteColumn of(ResultSet row) throws SQLException {
            // A longtext may have four gigabytes, and nobody asks for its length.
            int length = (int) Math.min(row.getLong("length"), Integer.MAX_VALUE);
            var type = new MysqlTypes.RemoteType(
                    row.getString("type"), row.getString("declared"), length, row.getInt("scale"));
            return new RemoteColumn(
                    row.getString("name"), type, row.getString("nullable").equals("NO"), row.getString("comment"));
        }
    }
}
