package io.millrace.examples.traffic;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One entry of the log, before it becomes text. */
record Line(long second, Visitor visitor, String method, String target, int status, long bytes, String referrer) {
    /** One hour ahead of UTC: local days and hours are not those of the tables. */
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(1);

    private static final OffsetDateTime START = OffsetDateTime.of(2026, 3, 2, 0, 30, 0, 0, ZONE);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ENGLISH);

    String text() {
        String time = TIME.format(START.plusSeconds(second));
        String size = bytes == 0 ? "-" : Long.toString(bytes);
        return visitor.address() + " - - [" + time + "] \"" + method + " " + target + " HTTP/1.1\" " + status + " "
                + size + " \"" + referrer + "\" \"" + visitor.userAgent() + "\"";
    }
}
