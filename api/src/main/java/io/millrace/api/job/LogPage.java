package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * Some entries of the logs that are kept of a job.
 *
 * @param nextPageToken asks for the following ones; null on the last page. A page may have few entries, or none, while
 *     there is more to search
 * @param keptUntil up to when the logs of all processes of the newest attempt asked for have been read; null when none was
 * @param processes of which something is kept
 * @param notes what is missing, in sentences
 */
public record LogPage(
        List<LogEntryView> items,
        @Nullable String nextPageToken,
        @Nullable Instant keptUntil,
        List<String> processes,
        List<String> notes) {
    public LogPage {
        items = List.copyOf(items);
        processes = List.copyOf(processes);
        notes = List.copyOf(notes);
    }
}
