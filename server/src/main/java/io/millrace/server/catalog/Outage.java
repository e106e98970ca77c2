package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Whether one store answers, as this process last saw it, and how many calls may wait for it, so that a store that hangs
 * holds a few threads and leaves the others to the other catalogs. Used by several threads.
 */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    /** Calls at a time to a store that answers. One that does not is tried by one call at a time. */
    static final int CALLS = 16;

    private static final long PATIENCE_MILLIS = 1000;

    /** How long at most a store is left alone after a call in vain. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final CatalogName name;
    private final Clock clock;
    private final AtomicReference<@Nullable Down> down = new AtomicReference<>();
    private final AtomicBoolean trying = new AtomicBoolean();
    private final Semaphore places = new Semaphore(CALLS);
    private final Queue<Instant> underWay = new ConcurrentLinkedQueue<>();
    private volatile Instant answered = Instant.MIN;

    Outage(CatalogName name, Clock clock) {
        this.name = requireNonNull(name, "name");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Empty if the store answered the last time that it was asked, or was never asked. */
    Optional<Down> current() {
        return Optional.ofNullable(down.get()).or(() -> places.availablePermits() > 0 ? Optional.empty() : slow());
    }

    /** Asks the store; if it does not answer, the failure says since when. */
    <T> T watch(Supplier<T> call) {
        Down before = down.get();
        if (before == null) {
            return inOnePlace(call);
        }
        if (clock.instant().isBefore(before.again()) || !trying.compareAndSet(false, true)) {
            throw failure(before.sentence(), before.cause());
        }
        try {
            return ask(call);
        } finally {
            trying.set(false);
        }
    }

    private <T> T inOnePlace(Supplier<T> call) {
        if (!enter()) {
            Optional<Down> why = current();
            throw failure(why.map(Down::sentence).orElse("The store behind catalog '" + name + "' is busy."), null);
        }
        try {
            return ask(call);
        } finally {
            places.release();
        }
    }

    private boolean enter() {
        try {
            return places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> T ask(Supplier<T> call) {
        Instant start = clock.instant();
        underWay.add(start);
        try {
            T answer = call.get();
            answers();
            return answer;
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.STORE_UNAVAILABLE) {
                answers();
                throw e;
            }
            throw unavailable(e, start);
        } finally {
            underWay.remove(start);
        }
    }

    private void answers() {
        answered = clock.instant();
        if (down.getAndSet(null) != null) {
            LOG.info("the store behind catalog {} answers again", name);
        }
    }

    private MillraceException unavailable(MillraceException failure, Instant start) {
        String reason = String.valueOf(failure.getMessage());
        if (answered.isAfter(start)) {
            // It answers others: what was in the way is in the way of this call only, such as a lock.
            return failure(reason, failure);
        }
        Instant now = clock.instant();
        Down before = down.get();
        Instant since = before == null ? now.truncatedTo(ChronoUnit.SECONDS) : before.since();
        Duration vain = Duration.between(start, now);
        Down next = new Down(since, reason, now.plus(vain.compareTo(REST) < 0 ? vain : REST), failure);
        down.set(next);
        if (before == null) {
            // For the operator: where the store is, and what the driver says, is not for users of its tables.
            LOG.warn("{} {}", reason, Objects.toString(failure.getCause(), ""));
        }
        return failure(next.sentence(), failure);
    }

    /** All places are taken. */
    private Optional<Down> slow() {
        String reason = "The store behind catalog '" + name + "' is slow: " + CALLS + " calls wait for it.";
        return Optional.ofNullable(underWay.peek())
                .map(first -> new Down(first.truncatedTo(ChronoUnit.SECONDS), reason, first, null));
    }

    private static MillraceException failure(String sentence, @Nullable MillraceException cause) {
        return cause == null
                ? new MillraceException(ErrorCode.STORE_UNAVAILABLE, sentence)
                : new MillraceException(ErrorCode.STORE_UNAVAILABLE, sentence, cause);
    }

    /**
     * A store does not answer.
     *
     * @param again when it is worth another try
     */
    record Down(
            Instant since,
            String reason,
            Instant again,
            @Nullable MillraceException cause) {
        Down {
            requireNonNull(since, "since");
            requireNonNull(reason, "reason");
            requireNonNull(again, "again");
        }

        String sentence() {
            return reason + " It has not answered since " + since + ".";
        }

        /** For those who get what is known of the store. */
        String notice() {
            return sentence() + " What was known of it is used.";
        }
    }
}
