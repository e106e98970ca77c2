package io.millrace.api.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them ({@code 30 s}, {@code 5 min}) and read them. */
public final class Durations {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*([a-z]+)");

    private Durations() {}

    /** Reads {@code 500 ms}, {@code 30 s}, {@code 5 min}, {@code 1 h}, {@code 2 d}, or ISO 8601 such as {@code PT30S}. */
    public static Optional<Duration> parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = TEXT.matcher(lower);
        try {
            if (!matcher.matches()) {
                return Optional.of(Duration.parse(lower)).filter(duration -> !duration.isNegative());
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms", "millis", "millisecond", "milliseconds" -> Optional.of(Duration.ofMillis(amount));
                case "s", "sec", "second", "seconds" -> Optional.of(Duration.ofSeconds(amount));
                case "m", "min", "minute", "minutes" -> Optional.of(Duration.ofMinutes(amount));
                case "h", "hour", "hours" -> Optional.of(Duration.ofHours(amount));
                case "d", "day", "days" -> Optional.of(Duration.ofDays(amount));
                default -> Optional.empty();
            };
        } catch (DateTimeParseException e) {
            return Optional.empty();
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** How long ago something was, in its largest unit: {@code 3 s}, {@code 12 min}. */
    public static String rough(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    /** How long something took: {@code 0.42 s}, {@code 12.3 s}, {@code 2 min 05 s}. */
    public static String exact(long millis) {
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
        }
        if (millis < 120_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return String.format(Locale.ROOT, "%d min %02d s", millis / 60_000, millis / 1000 % 60);
    }
}
