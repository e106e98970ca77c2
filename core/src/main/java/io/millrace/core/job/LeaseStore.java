package io.millrace.core.job;

import io.millrace.core.target.TargetName;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which server looks after which target. Time is the store's own, so that servers' clocks may differ. */
public interface LeaseStore {
    /** Notes that {@code server} is there; answers how many, itself included, have said so within {@code silence}. */
    int beat(String server, Duration silence);

    /** Who has each of {@code targets}; those that nobody ever had are left out. */
    List<Held> held(Set<TargetName> targets);

    /** Takes a lease, whoever has it: what the former holder writes from now on is refused. */
    Lease takeOver(TargetName target, String server);

    /** Takes a lease if nobody has it, or its holder has not renewed it for {@code silence}. */
    Optional<Lease> takeOverSilent(TargetName target, String server, Duration silence);

    /** The holder is alive; answers those of {@code leases} that it still has. */
    List<Lease> renew(List<Lease> leases);

    /** The server stops: it counts no more, and whoever asks has its leases without waiting. */
    void leave(String server);

    /**
     * Who has a target.
     *
     * @param silent for how long it has not been renewed
     */
    record Held(TargetName target, String server, Duration silent) {}
}
