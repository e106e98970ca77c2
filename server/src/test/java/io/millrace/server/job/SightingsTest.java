package io.millrace.server.job;

import static io.millrace.testkit.TestClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.core.job.InMemoryLeases;
import io.millrace.core.job.Lease;
import io.millrace.core.job.LeaseLostException;
import io.millrace.core.job.TargetSeen;
import io.millrace.core.target.Overview;
import io.millrace.core.target.TargetName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

class SightingsTest {
    private final InMemoryLeases leases = new InMemoryLeases();
    private final Lease a = leases.takeOver(new TargetName("a"), "one");
    private final Lease b = leases.takeOver(new TargetName("b"), "one");
    private final List<Map<Lease, TargetSeen>> written = Collections.synchronizedList(new ArrayList<>());
    private final List<Lease> lost = new ArrayList<>();
    private final Sightings sightings = new Sightings(this::write, lost::add, (target, overview) -> {});
    private Runnable disturbance = () -> {};

    @AfterEach
    void close() {
        sightings.close();
    }

    private Set<Lease> write(Map<Lease, TargetSeen> together) {
        disturbance.run();
        List<Lease> held = leases.renew(List.copyOf(together.keySet()));
        written.add(held.stream().collect(Collectors.toMap(lease -> lease, together::get)));
        return together.keySet().stream().filter(lease -> !held.contains(lease)).collect(Collectors.toSet());
    }

    private static Overview overview(String incarnation) {
        return new Overview(incarnation, "2.3.0", 4, 2, Map.of());
    }

    private static TargetSeen seen(Lease lease, int second) {
        return new TargetSeen(lease.target(), "2.3.0", 4, 2, Optional.of(NOON.plusSeconds(second)), Optional.empty());
    }

    @Test
    void oneThatHangsKeepsNoOtherFromLooking() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CompletableFuture<Overview> hangs = new CompletableFuture<>();
        var unused = CompletableFuture.runAsync(() -> sightings.look(() -> {
            looking.countDown();
            return hangs.join();
        }));
        looking.await();

        assertThat(sightings.look(() -> overview("other"))).isEqualTo(overview("other"));
        hangs.complete(overview("late"));
    }

    @Test
    void clustersAreWrittenTogether() {
        sightings.soon(a, seen(a, 1));
        sightings.soon(b, seen(b, 1));
        sightings.soon(a, seen(a, 2));
        assertThat(written).isEmpty();

        sightings.flush();
        sightings.flush();

        assertThat(written).containsExactly(Map.of(a, seen(a, 2), b, seen(b, 1)));
    }

    @Test
    void theyAreWrittenSoon() {
        sightings.start();

        sightings.soon(a, seen(a, 1));

        await().until(() -> written.equals(List.of(Map.of(a, seen(a, 1)))));
    }

    @Test
    void whatWaitsIsWrittenBeforeTheEnd() {
        sightings.soon(a, seen(a, 1));

        sightings.close();

        assertThat(written).containsExactly(Map.of(a, seen(a, 1)));
    }

    @Test
    void whatIsUrgentIsWrittenAtOnceAndNothingOlderAfterIt() {
        sightings.soon(a, seen(a, 1));
        sightings.soon(b, seen(b, 1));

        sightings.now(a, seen(a, 2));
        sightings.flush();

        assertThat(written).containsExactly(Map.of(a, seen(a, 2)), Map.of(b, seen(b, 1)));
    }

    @Test
    void whatIsUrgentWaitsForWhatIsBeingWritten() throws InterruptedException {
        Thread urgent = new Thread(() -> sightings.now(a, seen(a, 2)));
        disturbance = () -> {
            disturbance = () -> {};
            urgent.start();
            await().until(() ->
                    Set.of(Thread.State.BLOCKED, Thread.State.TERMINATED).contains(urgent.getState()));
        };
        sightings.soon(a, seen(a, 1));

        sightings.flush();
        urgent.join();

        assertThat(written).containsExactly(Map.of(a, seen(a, 1)), Map.of(a, seen(a, 2)));
    }

    @Test
    void aLeaseThatHasPassedIsToldOf() {
        leases.takeOver(a.target(), "another");
        sightings.soon(a, seen(a, 1));
        sightings.soon(b, seen(b, 1));

        sightings.flush();

        assertThat(lost).containsExactly(a);
        assertThat(written).containsExactly(Map.of(b, seen(b, 1)));
        assertThatThrownBy(() -> sightings.now(a, seen(a, 2))).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void isWrittenAgainWhenTheStoreIsThereAgain() {
        disturbance = () -> {
            throw new IllegalStateException("no database");
        };
        sightings.soon(a, seen(a, 1));
        sightings.flush();
        assertThatThrownBy(() -> sightings.now(a, seen(a, 2))).isInstanceOf(IllegalStateException.class);
        disturbance = () -> {};

        sightings.soon(a, seen(a, 3));
        sightings.flush();

        assertThat(written).containsExactly(Map.of(a, seen(a, 3)));
    }
}
