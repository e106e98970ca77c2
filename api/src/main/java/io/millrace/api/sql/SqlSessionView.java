package io.millrace.api.sql;

/**
 * An open SQL session: temporary objects and settings live as long as it does.
 *
 * @param catalog the current catalog
 * @param database the current database
 */
public record SqlSessionView(String id, String catalog, String database) {}
