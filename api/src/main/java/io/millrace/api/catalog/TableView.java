package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A table with its identity.
 *
 * @param id opaque, the same across renames
 * @param version grows with each change; the ETag
 * @param ref {@code id@version}: what the 'millrace' connector carries instead of the real connector's options
 * @param ddl the statement that makes the table as it is; for users only
 * @param asOf when its store was last seen to have it so, if the store does not answer now
 * @param sameData full names of other tables over the same topic or path; for users only
 */
public record TableView(
        String id,
        long version,
        String ref,
        String catalog,
        String database,
        TableDefinition definition,
        @Nullable String ddl,
        @Nullable Instant asOf,
        @Nullable List<String> sameData) {
    /** As Flink's side needs it. */
    public TableView(String id, long version, String ref, String catalog, String database, TableDefinition definition) {
        this(id, version, ref, catalog, database, definition, null, null, null);
    }
}
