package io.millrace.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.InMemoryLeases;
import io.millrace.core.job.Lease;
import io.millrace.core.target.TargetName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class LeadershipTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Set<TargetName> targets =
            IntStream.range(0, 6).mapToObj(i -> new TargetName("t" + i)).collect(Collectors.toSet());
    private final InMemoryLeases store = new InMemoryLeases();

    private Leadership server(String name, Duration silence) {
        return new Leadership(store, name, targets, silence);
    }

    private List<Lease> leases(Leadership server) {
        return targets.stream().map(server::lease).flatMap(Optional::stream).toList();
    }

    @Test
    void aLoneServerLooksAfterAll() {
        Leadership a = server("a", LONG);

        assertThat(a.tend()).hasSize(6);

        assertThat(leases(a)).hasSize(6);
        assertThat(a.tend()).as("nothing new").isEmpty();
    }

    @Test
    void aServerThatStartsTakesItsShare() {
        Leadership a = server("a", LONG);
        a.tend();
        Leadership b = server("b", LONG);
        b.tend();
        a.tend();
        assertThat(leases(a)).hasSize(3);
        assertThat(leases(b)).hasSize(3);

        Leadership c = server("c", LONG);
        c.tend();
        a.tend();
        b.tend();
        assertThat(List.of(leases(a).size(), leases(b).size(), leases(c).size()))
                .as("from both")
                .containsExactly(2, 2, 2);
    }

    @Test
    void whatAServerLeavesIsTakenAtOnce() {
        Leadership a = server("a", LONG);
        a.tend();

        a.leave();
        assertThat(a.tend()).as("it does not come back").isEmpty();
        Leadership b = server("b", LONG);
        b.tend();

        assertThat(leases(a)).isEmpty();
        assertThat(leases(b)).hasSize(6);
    }

    @Test
    void whatADeadServerHadIsShared() {
        Leadership a = server("a", LONG);
        Leadership b = server("b", LONG);
        a.tend();
        b.tend();
        a.tend();

        Leadership impatient = server("c", Duration.ZERO);
        impatient.tend();
        impatient.tend();

        assertThat(leases(impatient))
                .as("the others have been silent for its taste")
                .hasSize(6);
        a.tend();
        assertThat(leases(a)).isEmpty();
    }

    @Test
    void theOneTargetOfAStackGoesToTheNewestServer() {
        Set<TargetName> local = Set.of(TargetName.LOCAL);
        Leadership old = new Leadership(store, "old", local, LONG);
        old.tend();

        Leadership next = new Leadership(store, "next", local, LONG);

        assertThat(next.tend()).containsExactly(TargetName.LOCAL);
        assertThat(old.tend()).isEmpty();
        assertThat(old.lease(TargetName.LOCAL)).isEmpty();
    }

    @Test
    void aTargetThatNoOtherServerKnowsIsLookedAfter() {
        Set<TargetName> local = Set.of(TargetName.LOCAL);
        new Leadership(store, "narrow", local, LONG).tend();
        Set<TargetName> more = Set.of(TargetName.LOCAL, new TargetName("new"), new TargetName("newer"));

        Leadership wide = new Leadership(store, "wide", more, LONG);

        assertThat(wide.tend()).contains(new TargetName("new"), new TargetName("newer"));
    }
}
