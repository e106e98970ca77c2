package io.millrace.api.access;

/** On what kind of thing something is granted. */
public enum ObjectKind {
    SERVER,
    CATALOG,
    DATABASE,
    /** A view too. */
    TABLE,
    FUNCTION,
    CONNECTION,
    WORKSPACE,
    JOB
}
