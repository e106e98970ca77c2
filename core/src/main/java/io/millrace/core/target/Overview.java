package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * One look at a whole cluster.
 *
 * @param incarnation names the JobManager process; another one means that a JobManager without high availability
 *     has forgotten everything
 */
public record Overview(
        String incarnation, String flinkVersion, int slotsTotal, int slotsFree, Map<FlinkJobId, FlinkJob> jobs) {
    public Overview {
        requireNonNull(incarnation, "incarnation");
        requireNonNull(flinkVersion, "flinkVersion");
        jobs = Map.copyOf(jobs);
    }

    public Optional<FlinkJob> find(FlinkJobId id) {
        return Optional.ofNullable(jobs.get(id));
    }
}
