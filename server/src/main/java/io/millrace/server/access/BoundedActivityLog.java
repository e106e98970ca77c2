package io.millrace.server.access;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Activity;
import io.millrace.core.access.ActivityFilter;
import io.millrace.core.access.ActivityLog;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** An activity log that strangers cannot fill, and that forgets what is old. */
final class BoundedActivityLog implements ActivityLog {
    /** Within which the metastore refuses to delete anything. */
    static final Duration LEAST = Duration.ofDays(30);

    private final SqlActivityLog log;
    private final Duration keep;
    private final Clock clock;
    private final Strangers strangers = new Strangers();

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
    public List<Activity> list(ActivityFilter filter, long before, int limit) {
        return log.list(filter, before, limit);
    }

    /** Writes down what was counted, and deletes what is old. */
    void tidy() {
        strangers.over(clock.instant()).forEach(log::append);
        log.deleteBefore(clock.instant().minus(keep));
    }

    /** Writes down what was counted, at the end. */
    void finish() {
        strangers.counts(clock.instant()).forEach(log::append);
    }
}
