package io.millrace.dist.drill;

import io.millrace.api.job.JobEventView;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds the metastore's own log of a job against the rules: one attempt at a time, each recorded before it is sent, and
 * ended once before the next one.
 */
final class AttemptOrder {
    private final List<String> violations = new ArrayList<>();
    private int started;
    private boolean live;

    private AttemptOrder() {}

    /** {@code history} is oldest first. */
    static List<String> violations(List<JobEventView> history) {
        AttemptOrder order = new AttemptOrder();
        history.forEach(event -> order.see(event.kind(), event.attempt()));
        return order.violations;
    }

    private void see(String kind, @Nullable Integer attempt) {
        if (attempt == null) {
            return;
        }
        switch (kind) {
            case "ATTEMPT_STARTED" -> {
                require(!live, "attempt " + attempt + " began while attempt " + started + " was live");
                require(attempt == started + 1, "attempt " + attempt + " follows attempt " + started);
                started = attempt;
                live = true;
            }
            case "ATTEMPT_SUBMITTING", "ATTEMPT_SUBMITTED" ->
                require(live && attempt == started, "attempt " + attempt + " was sent without being recorded before");
            case "ATTEMPT_ENDED" -> {
                require(live && attempt == started, "attempt " + attempt + " ended without being live");
                live = false;
            }
            default -> {
                // About something else.
            }
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }
}
