package io.millrace.core.access;

/** What a call demands of its caller. */
public enum Permission {
    /** Nothing but to be known: calls about oneself. Whose things they touch is decided by the call. */
    SELF,
    /** See users and service accounts. */
    ACCESS_READ,
    /** Make, change and delete users and service accounts. */
    ACCESS_EDIT,
    /** Read who did what. */
    ACTIVITY_READ,
    CATALOG_READ,
    CATALOG_EDIT,
    CONNECTION_READ,
    CONNECTION_EDIT,
    JOB_READ,
    JOB_EDIT,
    JOB_OPERATE,
    SQL_RUN
}
