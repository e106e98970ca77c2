package io.millrace.dist.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.ExitCode;
import io.millrace.dist.process.ProcessId;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class StackStatusTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final ProcessId SUPERVISOR = new ProcessId(10, 1);
    private static final ProcessId A = new ProcessId(11, 2);
    private static final ProcessId B = new ProcessId(12, 3);
    private static final Ports PORTS = new Ports("127.0.0.1", 8080, 1, 2, 3, 4, 5, 6, 7);

    private final Set<ProcessId> running = new HashSet<>(Set.of(SUPERVISOR, A, B));

    @Test
    void isDownWhereNeverAStackWas() {
        StackStatus status = StackStatus.of(Optional.empty(), running::contains);

        assertThat(status.state()).isEqualTo(StackStatus.State.DOWN);
        assertThat(status.processes()).isEmpty();
    }

    @Test
    void isUpWhenAllProcessesRun() {
        StackStatus status = look(up());

        assertThat(status.state()).isEqualTo(StackStatus.State.UP);
        assertThat(status.ui()).isEqualTo("http://127.0.0.1:8080");
        assertThat(status.processes())
                .extracting(StackStatus.ProcessStatus::pid)
                .containsExactly(11L, 12L);
    }

    @Test
    void believesTheMachineRatherThanTheRecord() {
        running.remove(B);

        StackStatus status = look(up());

        assertThat(status.state()).isEqualTo(StackStatus.State.DEGRADED);
        assertThat(status.processes().get(1).pid()).isNull();
        assertThat(status.processes().get(1).state()).isEqualTo(PartState.DOWN);
    }

    @Test
    void isStartingUntilAllAnswered() {
        StackStatus status = look(StackRecord.starting(SUPERVISOR, PORTS, List.of("a", "b"), NOON));

        assertThat(status.state()).isEqualTo(StackStatus.State.STARTING);
    }

    @Test
    void isDegradedWhileAProcessWaitsForItsRestart() {
        StackStatus status = look(up().with("b", entry -> entry.died(NOON)));

        assertThat(status.state()).isEqualTo(StackStatus.State.DEGRADED);
        assertThat(status.processes().get(1).state()).isEqualTo(PartState.BACKING_OFF);
    }

    @Test
    void saysThatTheSupervisorDiedAndLeftProcesses() {
        running.remove(SUPERVISOR);

        StackStatus status = look(up());

        assertThat(status.state()).isEqualTo(StackStatus.State.DEGRADED);
        assertThat(status.problem()).contains("supervisor died").contains("millrace up");
        assertThat(status.processes().get(0).pid()).isEqualTo(11);
    }

    @Test
    void isDownWhenNothingOfItRuns() {
        running.clear();

        StackStatus status = look(up());

        assertThat(status.state()).isEqualTo(StackStatus.State.DOWN);
        assertThat(status.problem()).contains("died");
        assertThat(status.processes())
                .extracting(StackStatus.ProcessStatus::state)
                .containsOnly(PartState.DOWN);
    }

    @Test
    void tellsWhyTheLastStartFailed() {
        running.clear();
        StackRecord failed = StackRecord.starting(SUPERVISOR, PORTS, List.of("a"), NOON)
                .blame(new Failure(ExitCode.FAILED, "a did not answer.", List.of()))
                .became(Phase.STOPPING, NOON)
                .became(Phase.FAILED, NOON);

        assertThat(look(failed).problem()).isEqualTo("a did not answer.");
    }

    @Test
    void countsARestartWhenTheProcessStartsAgain() {
        StackRecord again =
                up().with("b", entry -> entry.died(NOON)).with("b", entry -> entry.started(new ProcessId(13, 4), NOON));

        assertThat(again.entry("b")).get().extracting(Entry::restarts).isEqualTo(1);
        assertThat(again.entry("a")).get().extracting(Entry::restarts).isEqualTo(0);
    }

    private StackStatus look(StackRecord record) {
        return StackStatus.of(Optional.of(record), running::contains);
    }

    private static StackRecord up() {
        return StackRecord.starting(SUPERVISOR, PORTS, List.of("a", "b"), NOON)
                .with("a", entry -> entry.started(A, NOON).became(PartState.UP, NOON))
                .with("b", entry -> entry.started(B, NOON).became(PartState.UP, NOON))
                .became(Phase.UP, NOON);
    }
}
