package io.millrace.core.connection;

/** Where a secret comes from. */
public enum SecretOrigin {
    /** Given as it is; kept encrypted. */
    VALUE,
    /** A variable in the server's environment. */
    ENV,
    /** A file in the server's secrets folder. */
    FILE
}
