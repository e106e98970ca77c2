package io.millrace.api.access;

/** What kind of caller a user is. */
public enum UserKind {
    /** A person. */
    USER,
    /** A program; has tokens and no password. */
    SERVICE
}
