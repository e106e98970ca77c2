package io.millrace.server.lineage;

import io.millrace.core.lineage.MadeFlow;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells a receiver about runs, in order, one event at a time. While the receiver is away nothing is lost and nothing
 * waits for it; events that it does not take after many tries, and the oldest of too many, are given up and counted.
 */
final class RunEventSender {
    private static final Logger LOG = Logger.getLogger(RunEventSender.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(5);

    private final SqlOutbox outbox;
    private final SqlFlows flows;
    private final RunEventJson json;
    private final Receiver receiver;
    private final Limits limits;
    private final Clock clock;
    private Instant notBefore = Instant.EPOCH;

    RunEventSender(SqlOutbox outbox, SqlFlows flows, RunEventJson json, Receiver receiver, Limits limits, Clock clock) {
        this.outbox = outbox;
        this.flows = flows;
        this.json = json;
        this.receiver = receiver;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * When to give up.
     *
     * @param tries how often an event is sent
     * @param waiting how many events may wait
     */
    record Limits(int tries, int waiting) {}

    /** Sends the first event if it is time; answers how many it got rid of. */
    int round() {
        outbox.trim(limits.waiting());
        if (clock.instant().isBefore(notBefore)) {
            return 0;
        }
        Optional<SqlOutbox.Verdict> verdict = outbox.first(this::send);
        return verdict.isPresent() && verdict.get() != SqlOutbox.Verdict.RETRY ? 1 : 0;
    }

    private SqlOutbox.Verdict send(RunEvent event) {
        List<MadeFlow> made = flows.of(event.job(), event.version());
        SqlOutbox.Verdict verdict = receiver.take(json.of(event, made));
        boolean last = verdict == SqlOutbox.Verdict.RETRY && event.tries() + 1 >= limits.tries();
        notBefore = verdict == SqlOutbox.Verdict.RETRY ? clock.instant().plus(pause(event.tries())) : Instant.EPOCH;
        if (last || verdict == SqlOutbox.Verdict.GIVE_UP) {
            LOG.warnf(
                    "%s of job %s, attempt %d, is given up: the OpenLineage receiver does not take it.",
                    event.moment(), event.name(), event.attempt());
            return SqlOutbox.Verdict.GIVE_UP;
        }
        return verdict;
    }

    private static Duration pause(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 10));
        return pause.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : pause;
    }
}
