package io.millrace.core.catalog;

import java.util.List;
import java.util.Locale;
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
    private static final List<String> TIME_UNITS = List.of(
            "",
            "d",
            "day",
            "days",
            "h",
            "hour",
            "hours",
            "m",
            "min",
            "minute",
            "minutes",
            "s",
            "sec",
            "secs",
            "second",
            "seconds",
            "ms",
            "milli",
            "millis",
            "millisecond",
            "milliseconds",
            "µs",
            "micro",
            "micros",
            "microsecond",
            "microseconds",
            "ns",
            "nano",
            "nanos",
            "nanosecond",
            "nanoseconds");
    private static final List<String> SIZE_UNITS = List.of(
            "",
            "b",
            "bytes",
            "k",
            "kb",
            "kibibytes",
            "m",
            "mb",
            "mebibytes",
            "g",
            "gb",
            "gibibytes",
            "t",
            "tb",
            "tebibytes");

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

    private static boolean amount(String value, List<String> units) {
        var matcher = AMOUNT.matcher(value.strip().toLowerCase(Locale.ROOT));
        return matcher.matches() && units.contains(matcher.group(2));
    }
}
