package io.millrace.server.http;

/** What a caller must be allowed to do. The owner of a local stack holds all of them. */
public enum Permission {
    CATALOG_READ,
    CATALOG_EDIT,
    CONNECTION_READ,
    CONNECTION_EDIT,
    JOB_READ,
    JOB_EDIT,
    JOB_OPERATE,
    SQL_RUN
}
