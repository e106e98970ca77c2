package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.job.JobEventView;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

class AttemptOrderTest {
    private static List<String> violations(String... events) {
        return AttemptOrder.violations(
                Arrays.stream(events).map(AttemptOrderTest::event).toList());
    }

    private static JobEventView event(String text) {
        String[] words = text.split(" ");
        return new JobEventView(
                1, Instant.EPOCH, "ATTEMPT_" + words[0], null, null, Integer.valueOf(words[1]), "as in the test", null);
    }

    @Test
    void oneAttemptEndsBeforeTheNextBegins() {
        assertThat(violations("STARTED 1", "SUBMITTING 1", "SUBMITTED 1", "ENDED 1", "STARTED 2", "SUBMITTING 2"))
                .isEmpty();
    }

    @Test
    void twoLiveAttemptsAreSeen() {
        assertThat(violations("STARTED 1", "STARTED 2")).containsExactly("attempt 2 began while attempt 1 was live");
    }

    @Test
    void anAttemptThatWasNotRecordedIsSeen() {
        assertThat(violations("SUBMITTING 1")).containsExactly("attempt 1 was sent without being recorded before");
        assertThat(violations("STARTED 1", "ENDED 1", "STARTED 3")).containsExactly("attempt 3 follows attempt 1");
    }

    @Test
    void anAttemptEndsOnce() {
        assertThat(violations("STARTED 1", "ENDED 1", "ENDED 1")).containsExactly("attempt 1 ended without being live");
    }
}
