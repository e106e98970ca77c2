package io.millrace.server.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.api.job.LogLevel;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions as they are asked. */
final class LogViews {
    private static final int LONGEST = 200;

    /** What the metastore can hold. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private LogViews() {}

    static LogSearch.Query query(Map<String, List<String>> parameters) {
        Optional<String> text = one(parameters, "q");
        if (text.filter(wanted -> wanted.length() > LONGEST).isPresent()) {
            throw wrong("q", "q has at most " + LONGEST + " characters.");
        }
        return new LogSearch.Query(
                text,
                one(parameters, "level").map(LogViews::level).orElse(LogLevel.TRACE),
                one(parameters, "process"),
                one(parameters, "from").map(from -> time("from", from)).orElse(EARLIEST),
                one(parameters, "until").map(until -> time("until", until)).orElse(LATEST),
                one(parameters, "order").map(LogViews::newestFirst).orElse(false));
    }

    private static Optional<String> one(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst().filter(text -> !text.isEmpty());
    }

    private static LogLevel level(String text) {
        return Arrays.stream(LogLevel.values())
                .filter(level -> level.name().equals(text))
                .findFirst()
                .orElseThrow(() -> wrong(
                        "level", "level is one of TRACE, DEBUG, INFO, WARN, ERROR and FATAL, not '" + text + "'."));
    }

    private static Instant time(String name, String text) {
        try {
            Instant at = Instant.parse(text);
            if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
                throw wrong(name, name + " is a time from 1970 to 9999.");
            }
            return at;
        } catch (DateTimeException e) {
            throw wrong(name, name + " is a time such as 2026-03-01T08:00:00Z, not '" + text + "'.");
        }
    }

    private static boolean newestFirst(String text) {
        return switch (text) {
            case "time" -> false;
            case "-time" -> true;
            default -> throw wrong("order", "order is time or -time, not '" + text + "'.");
        };
    }

    static String token(LogSearch.Place place) {
        String key = place.at().toEpochMilli() + ":" + place.chunk() + ":" + place.index();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    }

    /** Of a token as {@link io.millrace.server.http.PageRequest} reads it. */
    static Optional<LogSearch.Place> place(String key) {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = key.split(":", -1);
        try {
            if (parts.length == 3) {
                Instant at = Instant.ofEpochMilli(Long.parseLong(parts[0]));
                if (!at.isBefore(EARLIEST) && !at.isAfter(LATEST)) {
                    return Optional.of(new LogSearch.Place(at, Long.parseLong(parts[1]), Integer.parseInt(parts[2])));
                }
            }
        } catch (NumberFormatException e) {
            // It is said below.
        }
        throw wrong("pageToken", "pageToken is none that this server gave out; start again without one.");
    }

    private static MillraceException wrong(String name, String message) {
        return new MillraceException(ErrorCode.REQUEST_INVALID, message, List.of(Flaw.at("/" + name, message)));
    }
}
