package io.millrace.dist.process;

/** What can be sent to a process. */
public enum Signal {
    /** The polite end of most programs. */
    TERM,
    /** What Ctrl-C sends; PostgreSQL's fast end, which does not wait for its clients. */
    INT,
    /** The end that cannot be refused. */
    KILL
}
