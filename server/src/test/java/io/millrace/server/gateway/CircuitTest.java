package io.millrace.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.client.UnreachableException;
import io.millrace.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

class CircuitTest {
    private final TestClock clock = new TestClock();
    private final AtomicBoolean answers = new AtomicBoolean(true);
    private final AtomicInteger asked = new AtomicInteger();
    private final Circuit circuit = new Circuit(URI.create("http://gateway"), this::answers, clock);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CompletableFuture<String> planner = new CompletableFuture<>();

    private boolean answers() {
        asked.incrementAndGet();
        return answers.get();
    }

    @AfterEach
    void close() {
        planner.complete("late");
        circuit.close();
    }

    /** A call that takes until the planner is done. */
    private CompletableFuture<String> slowCall() throws InterruptedException {
        var call = CompletableFuture.supplyAsync(() -> circuit.call(() -> {
            begun.countDown();
            return planner.join();
        }));
        begun.await();
        return call;
    }

    @Test
    void asksNothingWhileCallsAreAnsweredInTime() throws Exception {
        assertThat(circuit.call(() -> "planned")).isEqualTo("planned");
        var call = slowCall();
        clock.advance(Circuit.PATIENCE);
        circuit.look();

        assertThat(asked).hasValue(0);
        planner.complete("planned");
        assertThat(call.join()).isEqualTo("planned");
    }

    @Test
    void aLongAnalysisIsNoHang() throws Exception {
        var call = slowCall();
        clock.advance(Duration.ofSeconds(50));
        circuit.look();
        assertThat(asked).hasValue(1);
        assertThat(circuit.call(() -> "another")).isEqualTo("another");

        planner.complete("planned");
        assertThat(call.join()).isEqualTo("planned");
    }

    @Test
    void aHangRefusesWhatWaitsAndWhatComesUntilItIsOver() throws Exception {
        var call = slowCall();
        clock.advance(Circuit.PATIENCE.plusMillis(1));
        answers.set(false);
        circuit.look();

        assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> circuit.call(() -> {
                    throw new AssertionError("it is not sent");
                }))
                .isInstanceOf(UnreachableException.class);

        circuit.look();
        assertThatThrownBy(() -> circuit.call(() -> "still")).isInstanceOf(UnreachableException.class);
        answers.set(true);
        circuit.look();
        assertThat(circuit.call(() -> "again")).isEqualTo("again");
    }

    @Test
    void failsAsTheCallDoes() {
        var failure = new IllegalStateException("no");

        assertThatThrownBy(() -> circuit.call(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }
}
