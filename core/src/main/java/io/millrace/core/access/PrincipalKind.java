package io.millrace.core.access;

/** What kind of caller a principal is. */
public enum PrincipalKind {
    /** A person: signs in with a password or by an OpenID provider, and may have tokens. */
    USER,
    /** A program: has tokens only. */
    SERVICE
}
