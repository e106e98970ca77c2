package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Whether one store answers, as this process last saw it. Used by several threads. */
final class Outage {
    private final Clock clock;
    private final AtomicReference<@Nullable Down> down = new AtomicReference<>();

    Outage(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    /** Empty if the store answered the last time that it was asked, or was never asked. */
    Optional<Down> current() {
        return Optional.ofNullable(down.get());
    }

    /** Asks the store; if it does not answer, the failure says since when. */
    <T> T watch(Supplier<T> call) {
        try {
            T answer = call.get();
            down.set(null);
            return answer;
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.STORE_UNAVAILABLE) {
                down.set(null);
                throw e;
            }
            throw unavailable(e);
        }
    }

    private MillraceException unavailable(MillraceException failure) {
        String reason = String.valueOf(failure.getMessage());
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Down before = down.get();
        Instant since = before == null ? now : before.since();
        down.set(new Down(since, reason));
        String sentence = since.equals(now) ? reason : reason + " It has not answered since " + since + ".";
        return new MillraceException(ErrorCode.STORE_UNAVAILABLE, sentence, failure);
    }

    /** A store does not answer. */
    record Down(Instant since, String reason) {
        Down {
            requireNonNull(since, "since");
            requireNonNull(reason, "reason");
        }
    }
}
