package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** That a job was moved to the bin, and by whom. */
public record Deletion(Instant at, String by) {
    public Deletion {
        requireNonNull(at, "at");
        requireNonNull(by, "by");
    }
}
