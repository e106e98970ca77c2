package io.millrace.api.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.api.Json;
import io.millrace.api.job.StreamedJobEventView;
import org.jspecify.annotations.Nullable;

/** What happens to jobs while it happens. Not thread-safe. */
public final class JobEvents {
    private final Call call;
    private @Nullable String place;

    JobEvents(Call call) {
        this.call = call;
    }

    /** Who is told; answers whether it wants to hear more. */
    public interface Watcher {
        boolean happened(StreamedJobEventView event);

        /** Something was missed: what is known of jobs must be read again. */
        boolean gap();
    }

    /**
     * Tells what happens until the watcher has enough, or the server ends the stream, as it does with the token or session
     * that opened it or when it stops. Called again it goes on where it was, also after an
     * {@link UnreachableException}, and may then tell some events twice.
     */
    public void follow(Watcher watcher) {
        requireNonNull(watcher, "watcher");
        var events = new ServerEvents((name, data) -> tell(watcher, name, data), place);
        try {
            call.asLines("text/event-stream", place, events::line);
        } finally {
            place = events.place();
        }
    }

    /** Whether the server ever took the call. */
    public boolean begun() {
        return place != null;
    }

    private static boolean tell(Watcher watcher, String name, String data) {
        return switch (name) {
            case "job" -> watcher.happened(event(data));
            case "gap" -> watcher.gap();
            default -> true;
        };
    }

    private static StreamedJobEventView event(String data) {
        try {
            return Json.lenient().readValue(data, StreamedJobEventView.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the server told an event that is none", e);
        }
    }
}
