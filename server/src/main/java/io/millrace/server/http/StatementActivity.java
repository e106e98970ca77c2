package io.millrace.server.http;

import io.millrace.core.access.Activity;
import io.millrace.core.access.ActivityLog;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;

/** Writes down what statements do, as {@link ActivityRecorder} does for calls. */
@Singleton
public final class StatementActivity {
    private static final Logger LOG = Logger.getLogger(StatementActivity.class);

    /** Where sessions begin: the gateway asks for them though nobody named them. */
    private static final Set<String> HOME = Set.of("catalog 'warehouse'", "database 'warehouse.default'");

    private final ActivityLog log;
    private final Caller caller;
    private final Clock clock;

    StatementActivity(ActivityLog log, Caller caller, Clock clock) {
        this.log = log;
        this.caller = caller;
        this.clock = clock;
    }

    /** Answers and fails as {@code work} does, and writes down which. */
    public <T extends @Nullable Object> T of(InternalCall call, String action, String object, Supplier<T> work) {
        try {
            T answer = work.get();
            append(call, action, object, Activity.OK);
            return answer;
        } catch (MillraceException e) {
            append(call, action, object, e.code().name());
            throw e;
        }
    }

    /** {@code outcome} is OK or the code of a problem. What cannot be written down is in the server's log. */
    public void append(InternalCall call, String action, String object, String outcome) {
        Activity activity = activity(call, action, object, outcome);
        try {
            log.append(activity);
        } catch (RuntimeException e) {
            LOG.errorf(e, "not recorded: %s", activity);
        }
    }

    /** Writes down what a call asked for that is hidden from who makes the statement, and that was answered as absent. */
    public void hidden(InternalCall call) {
        caller.hidden().stream()
                .filter(object -> !HOME.contains(object.toString()))
                .forEach(object ->
                        log.later(activity(call, "sql.find", object.toString(), ErrorCode.ACCESS_DENIED.name())));
    }

    private Activity activity(InternalCall call, String action, String object, String outcome) {
        return new Activity(0, clock.instant(), call.caller(), action, object, outcome, call.from(), "");
    }
}
