package io.millrace.server.catalog;

import static io.millrace.server.catalog.TableRows.utc;

import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.DroppedTable;
import io.millrace.core.catalog.Metastore.Outcome;
import io.millrace.core.catalog.TableHistory;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableVersion;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The history of tables in PostgreSQL; {@link SqlMetastore} writes it. */
final class SqlTableHistory implements TableHistory {
    private static final String VERSIONS = """
            SELECT table_id AS id, version, name, definition, last_column_id, cause, summary, author, statement, at
            FROM catalog_table_version
            WHERE table_id = :id AND version < :before
            ORDER BY version DESC
            LIMIT :limit
            """;

    private static final String DROPPED = """
            SELECT t.id, d.catalog, d.name AS database, t.name, t.view, t.remote_key IS NOT NULL AS fetched, t.location,
                   v.cause, v.summary, v.author, v.statement, v.at
            FROM catalog_table t
            JOIN catalog_database d ON d.id = t.database_id
            JOIN catalog_table_version v ON v.table_id = t.id AND v.version = t.version
            WHERE t.dropped_at IS NOT NULL AND d.dropped_at IS NULL
            """;

    private static final String DROPPED_OF_DATABASE = DROPPED + """
              AND d.catalog = :catalog AND d.name = :database
            ORDER BY t.dropped_at DESC, t.id
            LIMIT :limit OFFSET :offset
            """;

    private static final String LAST_DROPPED = DROPPED + """
              AND d.catalog = :catalog AND d.name = :database AND t.name = :table
            ORDER BY t.dropped_at DESC, t.id
            LIMIT 1
            """;

    private static final String DROPPED_BY_ID = DROPPED + " AND t.id = :id";

    private static final String RESTORE = """
            UPDATE catalog_table
            SET dropped_at = NULL, name = :name, version = version + 1, changed_at = :now,
                definition = jsonb_set(definition, '{name}', to_jsonb(CAST(:name AS text)))
            WHERE id = :id AND dropped_at IS NOT NULL
              AND EXISTS (SELECT 1 FROM catalog_database d WHERE d.id = database_id AND d.dropped_at IS NULL)
            """;

    /** Locks the row: who restores the table meanwhile waits, and then finds none. */
    private static final String LOCK_DROPPED = """
            SELECT t.id FROM catalog_table t JOIN catalog_database d ON d.id = t.database_id
            WHERE t.id = :id AND t.dropped_at IS NOT NULL AND d.dropped_at IS NULL
            FOR UPDATE OF t
            """;

    private static final String PURGE = "DELETE FROM catalog_table WHERE id = :id";

    private final Jdbi jdbi;

    SqlTableHistory(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public List<TableVersion> versions(TableId id, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(VERSIONS)
                .bind("id", id.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> TableRows.version(row))
                .list());
    }

    @Override
    public List<DroppedTable> dropped(DatabasePath database, int offset, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(DROPPED_OF_DATABASE)
                .bind("catalog", database.catalog().value())
                .bind("database", database.database().value())
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> dropped(row))
                .list());
    }

    @Override
    public Optional<DroppedTable> dropped(TableId id) {
        return jdbi.withHandle(handle -> handle.createQuery(DROPPED_BY_ID)
                .bind("id", id.value())
                .map((row, context) -> dropped(row))
                .findOne());
    }

    @Override
    public Optional<DroppedTable> lastDropped(TablePath path) {
        return jdbi.withHandle(handle -> handle.createQuery(LAST_DROPPED)
                .bind("catalog", path.parent().catalog().value())
                .bind("database", path.parent().database().value())
                .bind("table", path.table().value())
                .map((row, context) -> dropped(row))
                .findOne());
    }

    @Override
    public Outcome restore(TableId id, TableName name, Change change) {
        try {
            return jdbi.inTransaction(handle -> {
                int restored = handle.createUpdate(RESTORE)
                        .bind("id", id.value())
                        .bind("name", name.value())
                        .bind("now", utc(change.at()))
                        .execute();
                return restored == 1 ? TableRows.remember(handle, id.value(), change) : Outcome.MISSING;
            });
        } catch (UnableToExecuteStatementException e) {
            if (TableRows.isNameTaken(e)) {
                return Outcome.NAME_TAKEN;
            }
            throw e;
        }
    }

    @Override
    public Outcome purge(TableId id, Runnable first) {
        return jdbi.inTransaction(handle -> {
            boolean dropped = handle.createQuery(LOCK_DROPPED)
                    .bind("id", id.value())
                    .mapTo(String.class)
                    .findOne()
                    .isPresent();
            if (!dropped) {
                return Outcome.MISSING;
            }
            first.run();
            handle.createUpdate(PURGE).bind("id", id.value()).execute();
            return Outcome.DONE;
        });
    }

    private static DroppedTable dropped(ResultSet row) throws SQLException {
        return new DroppedTable(
                new TableId(row.getString("id")),
                TablePath.of(row.getString("catalog"), row.getString("database"), row.getString("name")),
                row.getBoolean("view"),
                row.getBoolean("fetched"),
                Optional.ofNullable(row.getString("location")),
                TableRows.change(row));
    }
}
