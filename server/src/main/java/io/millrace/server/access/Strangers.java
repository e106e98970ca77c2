package io.millrace.server.access;

import io.millrace.core.access.Activity;
import io.millrace.core.error.ErrorCode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps calls that failed and that nothing proved from filling the activity log: of each address, as many as one a second
 * are written down, and how many more there were when the minute is over. Thread-safe.
 */
final class Strangers {
    static final String ACTION = "stranger.more";
    static final int IN_FULL = 60;
    static final int ADDRESSES = 20;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** All addresses for which there is no room. */
    private static final String OTHERS = "";

    private final Map<String, Integer> calls = new LinkedHashMap<>();
    private Instant begin = Instant.EPOCH;

    /** What is to be written down now that there was such a call. */
    synchronized List<Activity> called(Activity call) {
        List<Activity> due = new ArrayList<>(over(call.at()));
        boolean known = calls.containsKey(call.from()) || calls.size() < ADDRESSES;
        int count = calls.merge(known ? call.from() : OTHERS, 1, Integer::sum);
        if (known && count <= IN_FULL) {
            due.add(call);
        }
        return due;
    }

    /** What is to be written down of a minute that is over. */
    synchronized List<Activity> over(Instant now) {
        if (now.isBefore(begin.plus(MINUTE))) {
            return List.of();
        }
        List<Activity> due = counts(begin.plus(MINUTE));
        begin = now;
        return due;
    }

    /** The same before the minute is over, when there will be no later. */
    synchronized List<Activity> counts(Instant at) {
        List<Activity> counts = new ArrayList<>();
        calls.forEach((from, count) -> {
            int more = from.equals(OTHERS) ? count : count - IN_FULL;
            if (more > 0) {
                counts.add(new Activity(0, at, "", ACTION, more + " calls", ErrorCode.NOT_SIGNED_IN.name(), from, ""));
            }
        });
        calls.clear();
        return counts;
    }
}
