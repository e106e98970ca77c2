package io.millrace.flink.functions;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** Reads the time of a log entry, which names its own offset from UTC. */
final class AccessLogTime {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "dd/MMM/uuuu:HH:mm:ss xx", Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);

    private AccessLogTime() {}

    static Instant parse(String text) throws RefusedLine {
        try {
            return OffsetDateTime.parse(text, FORMAT).toInstant();
        } catch (DateTimeException e) {
            throw new RefusedLine(Refusal.BAD_TIME);
        }
    }
}
