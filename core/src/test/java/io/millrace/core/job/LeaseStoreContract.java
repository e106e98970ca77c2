package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.TargetName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What the stores of leases must do. Run for the in-memory model here and for the SQL store in server. */
public abstract class LeaseStoreContract {
    protected abstract LeaseStore leases();

    @Test
    void whoLostALeaseCannotRenewIt() {
        TargetName target = new TargetName("renewed");
        Lease old = leases().takeOver(target, "a");
        assertThat(leases().renew(List.of(old))).containsExactly(old);

        Lease next = leases().takeOver(target, "b");

        assertThat(leases().renew(List.of(old))).isEmpty();
        assertThat(leases().renew(List.of(next))).containsExactly(next);
        assertThat(next.tag()).as("the tag stays").isEqualTo(old.tag());
        assertThat(next.epoch()).isGreaterThan(old.epoch());
    }

    @Test
    void eachTargetHasALeaseOfItsOwn() {
        Lease one = leases().takeOver(new TargetName("one"), "a");
        Lease two = leases().takeOver(new TargetName("two"), "b");

        assertThat(leases().renew(List.of(one, two))).containsExactlyInAnyOrder(one, two);
    }

    @Test
    void aSilentHolderIsReplaced() {
        TargetName target = new TargetName("silent");
        assertThat(leases().takeOverSilent(target, "a", Duration.ofHours(1)))
                .as("nobody ever had it")
                .isPresent();

        assertThat(leases().takeOverSilent(target, "b", Duration.ofHours(1))).isEmpty();
        assertThat(leases().takeOverSilent(target, "b", Duration.ZERO)).isPresent();
        LeaseStore.Held held = leases().held(Set.of(target)).get(0);
        assertThat(held.server()).isEqualTo("b");
        assertThat(held.silent()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void whatAServerLeavesIsFreeAtOnceAndItMayNotWriteAnyMore() {
        TargetName target = new TargetName("left");
        int before = leases().beat("other", Duration.ofHours(1));
        leases().beat("leaving", Duration.ofHours(1));
        Lease old = leases().takeOver(target, "leaving");

        leases().leave("leaving");

        assertThat(leases().beat("other", Duration.ofHours(1))).isEqualTo(before);
        assertThat(leases().takeOverSilent(target, "other", Duration.ofHours(1)))
                .hasValueSatisfying(next -> assertThat(next.epoch()).isGreaterThan(old.epoch()));
        assertThat(leases().renew(List.of(old))).isEmpty();
    }

    @Test
    void countsTheServersThatAreThere() {
        leases().beat("one", Duration.ofHours(1));

        assertThat(leases().beat("two", Duration.ofHours(1))).isGreaterThanOrEqualTo(2);
        assertThat(leases().beat("two", Duration.ofHours(1))).isEqualTo(leases().beat("one", Duration.ofHours(1)));
    }
}
