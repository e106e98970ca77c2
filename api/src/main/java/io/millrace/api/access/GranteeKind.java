package io.millrace.api.access;

/** To what kind of caller something is granted. */
public enum GranteeKind {
    /** A person or a service account. */
    USER,
    GROUP
}
