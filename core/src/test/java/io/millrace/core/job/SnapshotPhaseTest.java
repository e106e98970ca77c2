package io.millrace.core.job;

import static io.millrace.core.job.SnapshotPhase.AVAILABLE;
import static io.millrace.core.job.SnapshotPhase.DISPOSING;
import static io.millrace.core.job.SnapshotPhase.FAILED;
import static io.millrace.core.job.SnapshotPhase.INTENT;
import static io.millrace.core.job.SnapshotPhase.REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.job.SnapshotPlanner.Act;
import io.millrace.core.job.SnapshotPlanner.Plan;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.StopAnswer;
import io.millrace.testkit.Transitions;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The machine of an entry, moved by the planner and by people. */
class SnapshotPhaseTest {
    private static final List<Snapshot> NOTHING = List.of();

    private final OneJob job = new OneJob();
    private final SnapshotEntry intent = intended();
    private final Attempt attempt = job.attempt();
    private final Instant now = job.clock.instant();
    private final List<Snapshot> there = List.of(new Snapshot(intent.directory() + "/savepoint-1", 3));

    private SnapshotEntry intended() {
        job.running(JobMode.STREAMING);
        JobState state = job.store.load(job.job().id()).orElseThrow();
        return SnapshotEntry.intend(UUID.randomUUID(), state, "savepoints", job.clock.instant());
    }

    private Optional<FlinkJob> shown(int running) {
        return Optional.of(new FlinkJob(attempt.flinkJobId(), "default.job", FlinkStatus.RUNNING, 2, running, 0));
    }

    private Plan next(SnapshotEntry entry, int running) {
        return SnapshotPlanner.next(entry, Optional.of(attempt), shown(running), NOTHING, now);
    }

    private Plan answered(StopAnswer.Progress progress, List<Snapshot> lies) {
        SnapshotEntry requested = SnapshotPlanner.sent(intent, now).next();
        return SnapshotPlanner.answered(requested, new StopAnswer(progress, "why"), lies, now);
    }

    @Test
    void everyMoveOfTheTableIsMadeAndNoOther() {
        Transitions<SnapshotPhase> moves = new Transitions<>(SnapshotPhase.class, SnapshotPhase::canBecome);
        SnapshotEntry requested = SnapshotPlanner.sent(intent, now).next();
        Optional<Attempt> live = Optional.of(attempt);
        moves.visit(INTENT, requested.phase());
        moves.visit(
                INTENT,
                SnapshotPlanner.next(intent, live, shown(2), there, now).next().phase());
        moves.visit(
                INTENT,
                SnapshotPlanner.next(intent, Optional.empty(), Optional.empty(), NOTHING, now)
                        .next()
                        .phase());
        SnapshotEntry available = answered(StopAnswer.Progress.COMPLETED, there).next();
        moves.visit(REQUESTED, available.phase());
        SnapshotEntry failed = answered(StopAnswer.Progress.FAILED, NOTHING).next();
        moves.visit(REQUESTED, failed.phase());
        moves.visit(AVAILABLE, available.become(DISPOSING, "", now).phase());
        moves.visit(FAILED, failed.become(DISPOSING, "", now).phase());

        moves.allVisited();
        assertThatThrownBy(() -> available.become(REQUESTED, "", now)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isSentOnceAllTasksRun() {
        assertThat(next(intent, 1).act()).isEqualTo(Act.NONE);
        assertThat(next(intent, 2).act()).isEqualTo(Act.SEND);
    }

    @Test
    void isNotWaitedForForEver() {
        Instant later = now.plus(SnapshotPlanner.TO_BEGIN).plus(Duration.ofSeconds(1));

        Plan plan = SnapshotPlanner.next(intent, Optional.of(attempt), shown(1), NOTHING, later);

        assertThat(plan.next().phase()).isEqualTo(FAILED);
        assertThat(plan.next().outcome()).contains("Not all tasks");
    }

    /** After a crash between the request and its row. */
    @Test
    void whatLiesInTheDirectoryCountsMoreThanWhatIsKnown() {
        for (StopAnswer.Progress progress : StopAnswer.Progress.values()) {
            assertThat(answered(progress, there).next().phase())
                    .as("%s", progress)
                    .isEqualTo(AVAILABLE);
        }
    }

    @Test
    void aWordWithoutASavepointIsNoSavepoint() {
        assertThat(answered(StopAnswer.Progress.COMPLETED, NOTHING).next().phase())
                .isEqualTo(FAILED);
        assertThat(answered(StopAnswer.Progress.UNKNOWN, NOTHING).next().phase())
                .isEqualTo(FAILED);
        assertThat(answered(StopAnswer.Progress.IN_PROGRESS, NOTHING).next().phase())
                .isEqualTo(REQUESTED);
    }
}
