package io.millrace.api.client;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.util.function.BiPredicate;

/**
 * Reads server-sent events line by line, and remembers the place behind the last whole one.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">the format</a>
 */
final class ServerEvents {
    private final BiPredicate<String, String> taker;
    private final StringBuilder data = new StringBuilder();
    private @Nullable String place;
    private String name = "message";
    private @Nullable String id;

    /** {@code taker} is given name and data of each event, and says whether it wants more. */
    ServerEvents(BiPredicate<String, String> taker, @Nullable String place) {
        this.taker = requireNonNull(taker, "taker");
        this.place = place;
        this.id = place;
    }

    /** What to send as {@code Last-Event-ID} to go on behind what was taken. */
    @Nullable
    String place() {
        return place;
    }

    /** Whether more is wanted. */
    boolean line(String line) {
        if (line.isEmpty()) {
            return dispatch();
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "event" -> name = value;
            case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
            case "id" -> id = value;
            default -> {
                // A comment, or a field that this does not need.
            }
        }
        return true;
    }

    private boolean dispatch() {
        boolean more = data.isEmpty() || taker.test(name, data.toString());
        place = id;
        name = "message";
        data.setLength(0);
        return more;
    }
}
