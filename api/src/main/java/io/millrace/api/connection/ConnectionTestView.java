package io.millrace.api.connection;

import java.util.List;

/**
 * What a test of a connection found.
 *
 * @param ok whether no stage failed
 * @param millis from the beginning to the end
 */
public record ConnectionTestView(boolean ok, long millis, List<Stage> stages) {
    /**
     * One step.
     *
     * @param stage {@code RESOLVE}, {@code CONNECT}, {@code AUTHENTICATE} or {@code LIST}
     * @param outcome {@code DONE}, {@code FAILED} or {@code SKIPPED}
     * @param message what was seen, in one sentence
     */
    public record Stage(String stage, String outcome, long millis, String message) {}
}
