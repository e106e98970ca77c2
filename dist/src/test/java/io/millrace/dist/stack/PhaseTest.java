package io.millrace.dist.stack;

import static io.millrace.dist.stack.Phase.DOWN;
import static io.millrace.dist.stack.Phase.FAILED;
import static io.millrace.dist.stack.Phase.STARTING;
import static io.millrace.dist.stack.Phase.STOPPING;
import static io.millrace.dist.stack.Phase.UP;

import io.millrace.testkit.Transitions;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;

class PhaseTest {
    @Test
    void allowsExactlyTheMovesOfItsDiagram() {
        new Transitions<>(Phase.class, Phase::canBecome)
                .areExactly(Map.of(
                        STARTING, Set.of(UP, STOPPING, DOWN),
                        UP, Set.of(STOPPING, DOWN),
                        STOPPING, Set.of(DOWN, FAILED),
                        FAILED, Set.of(DOWN)));
    }
}
