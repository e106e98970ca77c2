package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Names one job for ever; its name can be used again once it is deleted. */
public record JobId(UUID value) {
    public JobId {
        requireNonNull(value, "value");
    }

    public static JobId create() {
        return new JobId(UUID.randomUUID());
    }

    public static JobId fromString(String text) {
        return new JobId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
