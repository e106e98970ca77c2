package io.millrace.dist.drill;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All drills, in the order in which they run. */
final class Drills {
    static final List<Drill> ALL = List.of(
            new FailpointDrill(),
            new RandomDeathDrill(),
            new SwallowedAnswerDrill(),
            new SavepointDrill(),
            new PausedLeaderDrill(),
            new ManyStartsDrill(),
            new UnplannableVersionDrill(),
            new CrashingVersionDrill(),
            new TaskManagerDrill(),
            new JobManagerDrill(),
            new BatchWhileDownDrill(),
            new LyingJobManagerDrill(),
            new NoSlotsDrill(),
            new MetastoreDrill(),
            new PostgresDeathDrill(),
            new GatewayDeathDrill(),
            new HungGatewayDrill());

    private Drills() {}

    static Optional<Drill> find(String id) {
        return ALL.stream()
                .filter(drill -> drill.id().equals(id.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
