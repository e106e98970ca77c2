package io.millrace.server.http;

/** Who makes a request. */
public final class Caller {
    /** Everybody, as long as there are no users. */
    public static final String LOCAL = "local";

    private Caller() {}
}
