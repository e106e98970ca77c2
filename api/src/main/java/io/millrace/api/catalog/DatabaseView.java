package io.millrace.api.catalog;

/** A database of a catalog: a connection, a folder or a schema, depending on the catalog's kind. */
public record DatabaseView(String catalog, String name, String comment) {}
