package io.millrace.server.connection.probe;

/**
 * What the process says: a line of JSON when a stage begins, and one when it ends.
 *
 * @param stage RESOLVE, CONNECT, AUTHENTICATE or LIST
 * @param outcome RUNNING, DONE, FAILED, SKIPPED or TOLD
 */
public record ProbeLine(String stage, String outcome, long millis, String message) {
    /** The stage has begun. */
    public static final String RUNNING = "RUNNING";

    public static final String DONE = "DONE";
    public static final String FAILED = "FAILED";
    public static final String SKIPPED = "SKIPPED";

    /** No stage: the message is what the store says it is. */
    public static final String TOLD = "TOLD";
}
