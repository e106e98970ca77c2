package io.millrace.core.job;

import io.millrace.core.error.Flaw;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of a job that Millrace follows itself when the job failed, and what Flink is told of restarts. */
final class RestartSettings {
    static final String ATTEMPTS = "restart.attempts";
    static final String DELAY = "restart.delay";
    static final String MAX_DELAY = "restart.max-delay";
    static final Set<String> KEYS = Set.of(ATTEMPTS, DELAY, MAX_DELAY);

    private static final String FLINKS = "restart-strategy";
    private static final int MOST_ATTEMPTS = 100_000;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(ms|s|min|h|d)");

    /**
     * Eleven tries within some 75 seconds, enough for a TaskManager that dies again and again. Then the attempt is over,
     * and Millrace decides by the kind of failure.
     */
    private static final Map<String, String> STRATEGY = Map.of(
            "restart-strategy.type", "exponential-delay",
            "restart-strategy.exponential-delay.initial-backoff", "1 s",
            "restart-strategy.exponential-delay.max-backoff", "10 s",
            "restart-strategy.exponential-delay.backoff-multiplier", "2.0",
            "restart-strategy.exponential-delay.jitter-factor", "0.1",
            "restart-strategy.exponential-delay.reset-backoff-threshold", "1 min",
            "restart-strategy.exponential-delay.attempts-before-reset-backoff", "10");

    private RestartSettings() {}

    static RestartPolicy change(RestartPolicy policy, Map<String, String> settings) {
        int attempts = Optional.ofNullable(settings.get(ATTEMPTS))
                .flatMap(RestartSettings::attempts)
                .orElse(policy.attempts());
        Duration first = Optional.ofNullable(settings.get(DELAY))
                .flatMap(RestartSettings::duration)
                .orElse(policy.first());
        Duration longest = Optional.ofNullable(settings.get(MAX_DELAY))
                .flatMap(RestartSettings::duration)
                .orElse(policy.longest());
        return new RestartPolicy(attempts, first, longest.compareTo(first) < 0 ? first : longest);
    }

    /** What is wrong with them. */
    static List<Flaw> flaws(Map<String, String> settings) {
        List<Flaw> flaws = new ArrayList<>();
        String attempts = settings.get(ATTEMPTS);
        if (attempts != null && attempts(attempts).isEmpty()) {
            flaws.add(Flaw.at(
                    "/settings/" + ATTEMPTS,
                    ATTEMPTS + " is a number from 1 to " + MOST_ATTEMPTS + ", not '" + attempts + "'.",
                    "It says how many attempts in a row may fail; 1 restarts nothing."));
        }
        for (String key : List.of(DELAY, MAX_DELAY)) {
            String value = settings.get(key);
            if (value != null && duration(value).isEmpty()) {
                flaws.add(Flaw.at(
                        "/settings/" + key,
                        key + " is a time up to 1 day, not '" + value + "'.",
                        "Write it like 30 s, 5 min or 1 h."));
            }
        }
        return flaws;
    }

    private static Optional<Integer> attempts(String text) {
        if (!text.matches("\\d{1,6}")) {
            return Optional.empty();
        }
        int value = Integer.parseInt(text);
        return value < 1 || value > MOST_ATTEMPTS ? Optional.empty() : Optional.of(value);
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration value = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return value.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(value);
    }

    /**
     * What Flink is told: without our own keys and, for a streaming job that says nothing of it, with a strategy. What
     * the script sets would be overruled, so one that speaks of it is left alone.
     */
    static Map<String, String> forFlink(Map<String, String> settings, String script, JobMode mode) {
        Map<String, String> options = new TreeMap<>(settings);
        options.keySet().removeAll(KEYS);
        boolean silent =
                !script.contains(FLINKS) && settings.keySet().stream().noneMatch(key -> key.startsWith(FLINKS));
        if (mode == JobMode.STREAMING && silent) {
            options.putAll(STRATEGY);
        }
        return options;
    }
}
