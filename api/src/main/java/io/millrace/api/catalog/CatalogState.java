package io.millrace.api.catalog;

/** Whether the store behind a catalog answers. */
public enum CatalogState {
    /** It did when it was last asked, or there is none that could be asked. */
    AVAILABLE,
    /** It did not. */
    UNAVAILABLE
}
