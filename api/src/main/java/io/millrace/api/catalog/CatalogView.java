package io.millrace.api.catalog;

/**
 * A catalog.
 *
 * @param kind the kind of store behind it: {@code kafka}, {@code warehouse} or {@code postgres}
 */
public record CatalogView(String name, String kind, String comment) {}
