package io.millrace.api.catalog;

/**
 * A table with its identity.
 *
 * @param id opaque, the same across renames
 * @param version grows with each change; the ETag
 * @param ref {@code id@version}: what the 'millrace' connector carries instead of the real connector's options
 */
public record TableView(
        String id, long version, String ref, String catalog, String database, TableDefinition definition) {}
