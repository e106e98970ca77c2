package io.millrace.api.catalog;

/** Why a table or function has a new version. */
public enum TableChangeCause {
    CREATED,
    ALTERED,
    RENAMED,
    DRIFT,
    DROPPED,
    RESTORED
}
