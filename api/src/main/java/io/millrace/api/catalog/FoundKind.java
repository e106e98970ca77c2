package io.millrace.api.catalog;

/** What a search over the catalogs finds. */
public enum FoundKind {
    TABLE,
    VIEW,
    FUNCTION
}
