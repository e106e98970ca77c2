package io.millrace.server.access;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Activity;
import io.millrace.core.access.ActivityFilter;
import io.millrace.core.access.ActivityLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An activity log that strangers cannot fill, and that forgets what is old. */
final class BoundedActivityLog implements ActivityLog {
    /** Within which the metastore refuses to delete anything. */
    static final Duration LEAST = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(BoundedActivityLog.class);

    /** More than one server answers in the second after which they are written down. */
    private static final int MOST_WAITING = 20_000;

    private final SqlActivityLog log;
    private final Duration keep;
    private final Clock clock;
    private final Strangers strangers = new Strangers();
    private final BlockingQueue<Activity> waiting = new LinkedBlockingQueue<>(MOST_WAITING);

    BoundedActivityLog(SqlActivityLog log, Duration keep, Clock clock) {
        this.log = requireNonNull(log, "log");
        this.keep = requireNonNull(keep, "keep");
        this.clock = requireNonNull(clock, "clock");
        if (keep.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("millrace.activity.keep must be at least 30d, not " + keep + ".");
        }
    }

    @Override
    public void append(Activity activity) {
        if (activity.by().isEmpty() && !activity.outcome().equals(Activity.OK)) {
            strangers.called(activity).forEach(log::append);
        } else {
            log.append(activity);
        }
    }

    @Override
    public void later(Activity activity) {
        if (!waiting.offer(activity)) {
            LOG.error("not recorded: {}", activity);
        }
    }

    /** Writes down what waits; what cannot be written now stays. */
    synchronized void writeWaiting() {
        for (Activity next = waiting.peek(); next != null; next = waiting.peek()) {
            append(next);
            waiting.remove();
        }
    }

    @Override
    public List<Activity> list(ActivityFilter filter, long before, int limit) {
        return log.list(filter, before, limit);
    }

    /** Writes down what was counted, and deletes what is old. */
    void tidy() {
        strangers.over(clock.instant()).forEach(log::append);
        log.deleteBefore(clock.instant().minus(keep));
    }

    /** Writes down what waits and what was counted, at the end. */
    void finish() {
        writeWaiting();
        strangers.counts(clock.instant()).forEach(log::append);
    }
}
