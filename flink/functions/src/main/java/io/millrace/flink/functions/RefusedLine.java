package io.millrace.flink.functions;

/** Ends the reading of a line that is no log entry. It never leaves this package and carries no stack: lines are many. */
final class RefusedLine extends Exception {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    RefusedLine(Refusal refusal) {
        super(refusal.reason(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
