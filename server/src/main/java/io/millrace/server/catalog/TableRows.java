package io.millrace.server.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.api.Json;
import io.millrace.api.catalog.ColumnView;
import io.millrace.api.catalog.TableDefinition;
import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.ColumnIds;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableVersion;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Tables as rows, for all that reads and writes them. A definition is one document in the shape of the wire record. */
final class TableRows {
    static final String SELECT = """
            SELECT t.id, d.catalog, d.name AS database, t.name, t.version, t.definition, t.last_column_id, t.location,
                   t.column_keys, t.remote_key, t.seen_at, t.stamp
            FROM catalog_table t
            JOIN catalog_database d ON d.id = t.database_id
            """;

    private static final String REMEMBER = """
            INSERT INTO catalog_table_version
                (table_id, version, name, definition, last_column_id, cause, summary, author, statement, at)
            SELECT id, version, name, definition, last_column_id, :cause, :summary, :author, :statement, :at
            FROM catalog_table WHERE id = ANY(:ids)
            """;

    private static final TypeReference<Map<Integer, String>> KEYS = new TypeReference<>() {};

    private static final String UNIQUE_VIOLATION = "23505";

    private TableRows() {}

    static Table table(ResultSet row) throws SQLException {
        TableDefinition definition = definition(row);
        return new Table(
                new TableId(row.getString("id")),
                TablePath.of(row.getString("catalog"), row.getString("database"), row.getString("name")),
                CatalogViews.spec(definition),
                keyed(columnIds(definition, row.getInt("last_column_id")), row.getString("column_keys")),
                row.getLong("version"),
                Optional.ofNullable(row.getString("location")),
                Optional.ofNullable(row.getString("remote_key")));
    }

    /** Binds what a change can change, and the id. */
    static <S extends SqlStatement<S>> S bind(S statement, Table table) {
        return statement
                .bind("id", table.id().value())
                .bind("name", table.path().table().value())
                .bind("version", table.version())
                .bind("lastColumnId", table.columnIds().last())
                .bind("columnKeys", columnKeys(table))
                .bind("definition", Json.write(CatalogViews.definition(table)));
    }

    /** Puts the table as it is now into its history. */
    static Metastore.Outcome remember(Handle handle, String id, Change change) {
        remember(handle, List.of(id), change);
        return Metastore.Outcome.DONE;
    }

    /** The same for several. */
    static void remember(Handle handle, List<String> ids, Change change) {
        bind(handle.createUpdate(REMEMBER), change)
                .bindArray("ids", String.class, ids)
                .execute();
    }

    /** Binds what a history says of a change. */
    static <S extends SqlStatement<S>> S bind(S statement, Change change) {
        return statement
                .bind("cause", change.cause().name())
                .bind("summary", change.summary())
                .bind("author", change.origin().author())
                .bind("statement", change.origin().statement().orElse(null))
                .bind("at", utc(change.at()));
    }

    static TableVersion version(ResultSet row) throws SQLException {
        TableDefinition definition = definition(row);
        return new TableVersion(
                row.getLong("version"),
                new TableName(row.getString("name")),
                CatalogViews.spec(definition),
                columnIds(definition, row.getInt("last_column_id")),
                change(row));
    }

    static Change change(ResultSet row) throws SQLException {
        return new Change(
                Change.Cause.valueOf(row.getString("cause")),
                row.getString("summary"),
                new Origin(row.getString("author"), Optional.ofNullable(row.getString("statement"))),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    /** Whether a statement failed because a name is taken. */
    static boolean isNameTaken(UnableToExecuteStatementException failure) {
        return failure.getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState());
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static TableDefinition definition(ResultSet row) throws SQLException {
        try {
            return Json.lenient().readValue(row.getString("definition"), TableDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the definition of table " + row.getString("id") + " is damaged", e);
        }
    }

    /** Columns of tables that were last written before columns had ids are numbered by their places. */
    private static ColumnIds columnIds(TableDefinition definition, int last) {
        List<Integer> ids = definition.columns().stream()
                .map(ColumnView::id)
                .filter(Objects::nonNull)
                .toList();
        boolean all = ids.size() == definition.columns().size() && last > 0;
        return all
                ? new ColumnIds(ids, last)
                : ColumnIds.first(definition.columns().size());
    }

    static String columnKeys(Table table) {
        return Json.write(table.columnIds().keys());
    }

    /** Those of other columns were left by a server that knew no keys. */
    private static ColumnIds keyed(ColumnIds ids, String json) {
        try {
            Map<Integer, String> keys = Json.lenient().readValue(json, KEYS);
            keys.keySet().retainAll(ids.inOrder());
            return new ColumnIds(ids.inOrder(), ids.last(), keys);
        } catch (IOException e) {
            throw new UncheckedIOException("the keys of columns are damaged: " + json, e);
        }
    }
}
