package io.millrace.server.target;

import io.millrace.core.target.FlinkJobId;

import java.util.Optional;
import java.util.UUID;

/** Tells with whose rights a job runs. */
public interface RunsAs {
    /** The principal; empty when who wrote the job is disabled or deleted. */
    Optional<UUID> of(FlinkJobId job);
}
