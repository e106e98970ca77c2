package io.millrace.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.JobId;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

class RetentionTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final JobId FAILS_OFTEN = new JobId(new UUID(0, 1));
    private static final JobId OTHER = new JobId(new UUID(0, 2));

    private static Retention.Saved saved(JobId job, int attempt, Duration ago, long size) {
        return new Retention.Saved(new BundleKey(job, attempt), NOON.minus(ago), size);
    }

    @Test
    void whatIsOldOrTooMuchGoes() {
        List<Retention.Saved> saved = List.of(
                saved(FAILS_OFTEN, 4, Duration.ofHours(1), 10),
                saved(FAILS_OFTEN, 3, Duration.ofHours(2), 10),
                saved(FAILS_OFTEN, 2, Duration.ofHours(3), 10),
                saved(OTHER, 1, Duration.ofDays(2), 10),
                saved(OTHER, 2, Duration.ofDays(20), 10));

        assertThat(new Retention(Duration.ofDays(14), 2, 1000).excess(saved, NOON))
                .as("the third of a job, and the old one")
                .containsExactly(new BundleKey(FAILS_OFTEN, 2), new BundleKey(OTHER, 2));
        assertThat(new Retention(Duration.ofDays(90), 9, 25).excess(saved, NOON))
                .as("two have room")
                .containsExactly(new BundleKey(FAILS_OFTEN, 2), new BundleKey(OTHER, 1), new BundleKey(OTHER, 2));
        assertThat(new Retention(Duration.ofDays(90), 9, 1000).excess(saved, NOON))
                .isEmpty();
    }
}
