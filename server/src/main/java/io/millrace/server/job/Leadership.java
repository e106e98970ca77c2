package io.millrace.server.job;

import io.millrace.core.job.Lease;
import io.millrace.core.job.LeaseStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether this server acts on jobs. A server that starts takes over; one that was taken over from waits until its
 * successor has been silent for a while.
 */
final class Leadership {
    private static final Logger LOG = Logger.getLogger(Leadership.class);

    private final LeaseStore store;
    private final String holder;
    private final Duration silence;
    private final Clock clock;
    private boolean started;
    private volatile @Nullable Lease lease;

    Leadership(LeaseStore store, String holder, Duration silence, Clock clock) {
        this.store = store;
        this.holder = holder;
        this.silence = silence;
        this.clock = clock;
    }

    Optional<Lease> lease() {
        return Optional.ofNullable(lease);
    }

    /** Keeps the lease, or tries to get it. Called every few seconds. */
    synchronized void tend() {
        Lease mine = lease;
        if (!started) {
            lease = store.takeOver(holder, clock.instant());
            started = true;
        } else if (mine == null) {
            lease = store.takeOverSilent(holder, clock.instant(), silence).orElse(null);
        } else if (!store.renew(mine, clock.instant())) {
            lost();
        }
    }

    void lost() {
        LOG.warn("Another server looks after jobs now; this one waits.");
        lease = null;
    }
}
