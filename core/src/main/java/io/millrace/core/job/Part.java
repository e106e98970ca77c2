package io.millrace.core.job;

/** What of the system causes something that happens to a job. People cause the rest; no name of theirs has a slash. */
enum Part {
    /** Makes what runs what people want, and writes down what it sees. */
    RECONCILER("system/reconciler"),
    /** Decides what follows a failure. */
    RESTART_POLICY("system/restart-policy"),
    /** Replaces what runs by another version, or goes back. */
    DEPLOYMENT("system/deployment"),
    /** Takes savepoints and deletes them. */
    SNAPSHOTS("system/snapshots"),
    /** The cluster, by itself. */
    FLINK("system/flink");

    private final String actor;

    Part(String actor) {
        this.actor = actor;
    }

    String actor() {
        return actor;
    }
}
