package io.millrace.server.logs;

import io.millrace.api.job.LogLevel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an entry of a log begins.
 *
 * @param logger as it is written, often abbreviated; empty when there is none
 * @param job the id of the job that the logging framework gives, if the layout has it
 */
record LogHeader(Instant at, LogLevel level, String logger, Optional<String> job) {
    private static final Pattern BEGINS = Pattern.compile("^\\[?(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}:\\d{2})"
            + "(?:[.,](\\d{1,9}))?\\s?(Z|[+-]\\d{2}:?\\d{2})?]?\\s{1,20}(?:\\[[^]]{0,200}]\\s{1,20})?"
            + "\\[?(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)]?\\s{1,20}([\\w.$]{0,300})");

    /** Wherever the layout has it. */
    private static final Pattern JOB = Pattern.compile("\\[([0-9a-f]{32})]");

    /** Enough of a line for what is looked for. */
    private static final int LONGEST = 500;

    /** Empty for a line that belongs to the one before; {@code zone} counts where the line names none. */
    static Optional<LogHeader> of(String line, ZoneId zone) {
        if (line.length() < 20 || !(line.charAt(0) == '[' || Character.isDigit(line.charAt(0)))) {
            return Optional.empty();
        }
        String beginning = line.substring(0, Math.min(LONGEST, line.length()));
        Matcher matcher = BEGINS.matcher(beginning);
        if (!matcher.find()) {
            return Optional.empty();
        }
        Matcher job = JOB.matcher(beginning);
        try {
            return Optional.of(new LogHeader(
                    at(matcher, zone),
                    LogLevel.valueOf(matcher.group(5)),
                    matcher.group(6),
                    job.find() ? Optional.of(job.group(1)) : Optional.empty()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant at(Matcher matcher, ZoneId zone) {
        String fraction = matcher.group(3) == null ? "" : "." + matcher.group(3);
        var local = LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2) + fraction);
        ZoneId named = matcher.group(4) == null ? zone : ZoneOffset.of(matcher.group(4));
        return local.atZone(named).toInstant();
    }
}
