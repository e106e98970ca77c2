package io.millrace.dist.stack;

import static io.millrace.dist.stack.PartState.BACKING_OFF;
import static io.millrace.dist.stack.PartState.DOWN;
import static io.millrace.dist.stack.PartState.STARTING;
import static io.millrace.dist.stack.PartState.STOPPING;
import static io.millrace.dist.stack.PartState.UNHEALTHY;
import static io.millrace.dist.stack.PartState.UP;
import static io.millrace.dist.stack.PartState.WAITING;

import io.millrace.testkit.Transitions;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;

class PartStateTest {
    @Test
    void allowsExactlyTheMovesOfItsDiagram() {
        new Transitions<>(PartState.class, PartState::canBecome)
                .areExactly(Map.of(
                        WAITING, Set.of(STARTING, DOWN),
                        STARTING, Set.of(UP, BACKING_OFF, STOPPING, DOWN),
                        UP, Set.of(UNHEALTHY, BACKING_OFF, STOPPING, DOWN),
                        UNHEALTHY, Set.of(UP, BACKING_OFF, STOPPING, DOWN),
                        BACKING_OFF, Set.of(STARTING, DOWN),
                        STOPPING, Set.of(DOWN)));
    }
}
