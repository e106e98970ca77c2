package io.millrace.core.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the value of an option looks like. */
public enum OptionType {
    STRING("a text"),
    INTEGER("a whole number"),
    BOOLEAN("true or false"),
    /** Flink's notation, such as {@code 10 s}, {@code 5min} or {@code 1 d}. */
    DURATION("a duration such as '10 s' or '5 min'"),
    /** Flink's notation, such as {@code 128 mb}. */
    MEMORY("a size such as '128 mb'"),
    /** One of the listed values. */
    CHOICE("one of the listed values");

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,18})\\s*([a-zµ]*)");
    /** In milliseconds; what is smaller counts as one. */
    private static final Map<String, Long> TIME_UNITS = units(Map.of(
            "d|day|days", 86_400_000L,
            "h|hour|hours", 3_600_000L,
            "m|min|minute|minutes", 60_000L,
            "s|sec|secs|second|seconds", 1000L,
            "|ms|milli|millis|millisecond|milliseconds", 1L,
            "µs|micro|micros|microsecond|microseconds", 1L,
            "ns|nano|nanos|nanosecond|nanoseconds", 1L));

    /** In bytes. */
    private static final Map<String, Long> SIZE_UNITS = units(Map.of(
            "|b|bytes", 1L,
            "k|kb|kibibytes", 1L << 10,
            "m|mb|mebibytes", 1L << 20,
            "g|gb|gibibytes", 1L << 30,
            "t|tb|tebibytes", 1L << 40));

    private final String meaning;

    OptionType(String meaning) {
        this.meaning = meaning;
    }

    /** What is wrong with {@code value}, as the end of a sentence that begins with the key; empty if nothing is. */
    public Optional<String> flaw(String value, List<String> choices) {
        boolean right = switch (this) {
            case STRING -> true;
            case INTEGER -> WHOLE.matcher(value).matches();
            case BOOLEAN -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
            case DURATION -> amount(value, TIME_UNITS);
            case MEMORY -> amount(value, SIZE_UNITS);
            case CHOICE -> choices.contains(value);
        };
        if (right) {
            return Optional.empty();
        }
        String expected = this == CHOICE ? "one of " + String.join(", ", choices) : meaning;
        return Optional.of("must be " + expected + ", not '" + value + "'");
    }

    /** Flink counts with 64 bits. */
    private static boolean amount(String value, Map<String, Long> units) {
        var matcher = AMOUNT.matcher(value.strip().toLowerCase(Locale.ROOT));
        Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        return unit != null && Long.parseLong(matcher.group(1)) <= Long.MAX_VALUE / unit;
    }

    private static Map<String, Long> units(Map<String, Long> spellings) {
        Map<String, Long> units = new HashMap<>();
        spellings.forEach((words, unit) -> {
            for (String word : words.split("\\|", -1)) {
                units.put(word, unit);
            }
        });
        return Map.copyOf(units);
    }
}
