package io.millrace.core.state;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a comparison found.
 *
 * @param reason why the verdict is what it is, one sentence
 * @param findings one for each operator with state, in the order of the new plan, then what only the old one had
 */
public record Compatibility(Verdict verdict, String reason, List<Finding> findings) {
    public Compatibility {
        requireNonNull(verdict, "verdict");
        requireNonNull(reason, "reason");
        findings = List.copyOf(findings);
    }

    /** The answer when there is nothing to compare. */
    public static Compatibility unknown(String reason) {
        return new Compatibility(Verdict.UNKNOWN, reason, List.of());
    }
}
