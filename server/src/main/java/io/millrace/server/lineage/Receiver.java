package io.millrace.server.lineage;

/** Where events go. */
interface Receiver {
    /** DONE when it has the event; RETRY when it may take it later; GIVE_UP when it never will. Never throws. */
    SqlOutbox.Verdict take(String json);
}
