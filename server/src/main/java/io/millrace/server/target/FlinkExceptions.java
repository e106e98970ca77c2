package io.millrace.server.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.core.target.Failure;
import io.millrace.server.secret.Redactor;

import java.time.Instant;
import java.util.Optional;

/** Reads what Flink tells of the exceptions of a job, without the secrets that drivers put into them. */
final class FlinkExceptions {
    private final Redactor redactor;

    FlinkExceptions(Redactor redactor) {
        this.redactor = redactor;
    }

    /** The newest of the answer of {@code /jobs/:id/exceptions}, which has the newest first. */
    Optional<Failure> newest(JsonNode exceptions) {
        JsonNode entries = exceptions.path("exceptionHistory").path("entries");
        JsonNode newest = entries.path(0);
        String trace = newest.path("stacktrace").asText("");
        if (trace.isBlank()) {
            return Optional.empty();
        }
        Optional<Instant> before = Optional.ofNullable(entries.get(1)).map(FlinkExceptions::at);
        return Optional.of(Failure.of(redactor.redact(trace), at(newest), before));
    }

    /** The first cause that a stack trace tells. */
    String sentence(String trace) {
        return Failure.sentence(redactor.redact(trace));
    }

    private static Instant at(JsonNode entry) {
        return Instant.ofEpochMilli(entry.path("timestamp").asLong());
    }
}
