package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.error.MillraceException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a store without a schema can be reached. Nothing is asked of it when a statement is planned, so it is knocked at
 * when somebody is about to use it, and then left alone for a while. Used by several threads.
 */
final class Pulse {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Outage outage;
    private final Runnable knock;
    private final Clock clock;
    private final AtomicReference<Instant> knocked = new AtomicReference<>(Instant.EPOCH);

    /** {@code knock} throws STORE_UNAVAILABLE if nobody is there. */
    Pulse(CatalogName catalog, Runnable knock, Clock clock) {
        this.outage = new Outage(catalog, clock);
        this.knock = requireNonNull(knock, "knock");
        this.clock = requireNonNull(clock, "clock");
    }

    /** For who is about to use the store: that it does not answer, and since when. */
    Optional<Outage.Down> look() {
        Instant last = knocked.get();
        Instant now = clock.instant();
        if (last.plus(FRESH).isBefore(now) && knocked.compareAndSet(last, now)) {
            try {
                outage.watch(() -> {
                    knock.run();
                    return now;
                });
            } catch (MillraceException e) {
                // The outage tells it. Whoever may not reach the store is told so when it is used.
            }
        }
        return outage.current();
    }

    /** As it was seen last; one that did not answer is tried again. */
    Optional<Outage.Down> last() {
        return outage.current().isEmpty() ? Optional.empty() : look();
    }
}
