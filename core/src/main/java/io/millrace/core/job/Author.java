package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * Who wrote a version of a job.
 *
 * @param id the principal's, which no later one of the name has
 */
public record Author(UUID id, String name) {
    public Author {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
    }
}
