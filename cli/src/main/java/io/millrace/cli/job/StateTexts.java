package io.millrace.cli.job;

import io.millrace.api.job.CompatibilityView;
import io.millrace.api.job.OperatorFate;

import java.util.ArrayList;
import java.util.List;

/** What becomes of a job's state, for people. */
final class StateTexts {
    private StateTexts() {}

    /** The verdict, then two lines for each operator: nothing is cut off, for the reasons are what counts. */
    static List<String> lines(CompatibilityView found) {
        List<String> lines = new ArrayList<>();
        lines.add("state from version " + found.from() + " to " + found.to() + ": " + found.verdict() + ". "
                + found.reason());
        for (OperatorFate operator : found.operators()) {
            lines.add("  " + operator.fate() + " " + operator.role() + ": " + operator.operator());
            lines.add("    " + operator.reason());
        }
        return lines;
    }
}
