package io.millrace.server.job;

import io.millrace.core.job.JobStore;
import io.millrace.core.job.TargetSeen;
import io.millrace.core.target.TargetName;
import io.millrace.server.target.Target;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which clusters there are, and what was last seen of them. */
public final class TargetService {
    private final JobStore store;
    private final List<Target> targets;

    public TargetService(JobStore store, List<Target> targets) {
        this.store = store;
        this.targets = List.copyOf(targets);
    }

    /** A cluster; {@code seen} is empty before the first look. */
    record Listed(TargetName name, String kind, Optional<TargetSeen> seen) {}

    List<Listed> list() {
        Map<TargetName, TargetSeen> seen =
                store.targets().stream().collect(Collectors.toMap(TargetSeen::target, Function.identity()));
        return targets.stream()
                .map(target -> new Listed(target.name(), target.kind(), Optional.ofNullable(seen.get(target.name()))))
                .toList();
    }
}
