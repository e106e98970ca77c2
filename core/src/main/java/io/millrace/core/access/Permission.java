package io.millrace.core.access;

/**
 * What kind of call a caller makes: what a token can be limited to. What the call may touch is decided by {@link Rights}.
 */
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
    SQL_RUN,
    /** Read what is granted on objects that one may describe. */
    GRANT_READ,
    /** Give and take privileges. */
    GRANT_EDIT;

    /** Whether only administrators may make such calls at all. */
    public boolean forAdministrators() {
        return this == ACCESS_READ || this == ACCESS_EDIT || this == ACTIVITY_READ;
    }
}
