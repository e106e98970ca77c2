package io.millrace.server.catalog;

import static io.millrace.server.catalog.TableRows.utc;

import io.millrace.api.Json;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FetchedTables;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableId;
import org.jdbi.v3.core.Jdbi;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What {@link SqlMetastore} keeps of fetched tables besides. */
final class SqlFetchedTables implements FetchedTables {
    private static final String BY_KEY = TableRows.SELECT + """
            WHERE t.dropped_at IS NULL AND d.dropped_at IS NULL AND d.catalog = :catalog AND t.remote_key = :key
            """;

    private static final String BY_DATABASE = TableRows.SELECT + """
            WHERE t.dropped_at IS NULL AND d.dropped_at IS NULL AND d.catalog = :catalog AND d.name = :database
              AND t.remote_key IS NOT NULL
            """;

    private static final String SEEN = """
            UPDATE catalog_table SET seen_at = :at, stamp = :stamp WHERE id = :id AND dropped_at IS NULL
            """;

    private static final String COMMENT = """
            UPDATE catalog_table SET definition = CAST(:definition AS jsonb)
            WHERE id = :id AND version = :version AND dropped_at IS NULL
            """;

    private static final String COMMENT_VERSION = """
            UPDATE catalog_table_version SET definition = CAST(:definition AS jsonb)
            WHERE table_id = :id AND version = :version
            """;

    private final Jdbi jdbi;

    SqlFetchedTables(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<Seen> find(CatalogName catalog, String key) {
        return jdbi.withHandle(handle -> handle.createQuery(BY_KEY)
                .bind("catalog", catalog.value())
                .bind("key", key)
                .map((row, context) -> seen(row))
                .findFirst());
    }

    @Override
    public Map<String, Seen> all(DatabasePath database) {
        return jdbi.withHandle(handle -> {
            Map<String, Seen> all = new HashMap<>();
            handle.createQuery(BY_DATABASE)
                    .bind("catalog", database.catalog().value())
                    .bind("database", database.database().value())
                    .map((row, context) -> seen(row))
                    .forEach(seen -> all.put(seen.table().remoteKey().orElseThrow(), seen));
            return all;
        });
    }

    @Override
    public void seen(TableId id, String stamp, Instant at) {
        jdbi.useHandle(handle -> handle.createUpdate(SEEN)
                .bind("id", id.value())
                .bind("stamp", stamp)
                .bind("at", utc(at))
                .execute());
    }

    @Override
    public void comment(Table same) {
        String definition = Json.write(CatalogViews.definition(same));
        jdbi.useTransaction(handle -> {
            for (String sql : new String[] {COMMENT, COMMENT_VERSION}) {
                handle.createUpdate(sql)
                        .bind("id", same.id().value())
                        .bind("version", same.version())
                        .bind("definition", definition)
                        .execute();
            }
        });
    }

    private static Seen seen(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("seen_at", OffsetDateTime.class);
        String stamp = row.getString("stamp");
        return new Seen(TableRows.table(row), at == null ? Instant.EPOCH : at.toInstant(), stamp == null ? "" : stamp);
    }
}
