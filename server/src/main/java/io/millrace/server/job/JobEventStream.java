package io.millrace.server.job;

import io.millrace.api.Json;
import io.millrace.api.job.StreamedJobEventView;
import io.millrace.core.access.Permission;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.job.JobObjects;
import io.millrace.server.http.EventClient;
import io.millrace.server.http.Standing;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What happens to jobs, as server-sent events to somebody who may see them. Ends with the token or session that opened
 * it. Keeps nothing but its place, which the client is told behind each part: one that comes back to any server with
 * {@code Last-Event-ID} goes on there and misses nothing.
 */
final class JobEventStream {
    private static final Logger LOG = Logger.getLogger(JobEventStream.class);

    /** Proxies end what is silent for longer, and that a client is gone shows when it is sent something. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final SqlEventFeed feed;
    private final Standing caller;
    private final EventClient client;
    private final Predicate<SqlEventFeed.Happened> wanted;
    private Optional<SqlEventFeed.Part> first;
    private String place;

    JobEventStream(
            SqlEventFeed feed,
            Standing caller,
            EventClient client,
            Predicate<SqlEventFeed.Happened> wanted,
            SqlEventFeed.Part first) {
        this.feed = feed;
        this.caller = caller;
        this.client = client;
        this.wanted = wanted;
        this.first = Optional.of(first);
        this.place = first.place();
    }

    /** Sends what happened since the last time, if the client took what it was sent; false when the stream is over. */
    synchronized boolean goOn() {
        try {
            if (client.ready() && !client.closed()) {
                caller.rights(Permission.JOB_READ).ifPresentOrElse(this::tell, this::end);
            }
        } catch (RuntimeException e) {
            LOG.debugf(e, "A stream of events waits: the metastore does not answer.");
        }
        return !client.closed();
    }

    private void tell(Rights rights) {
        boolean begins = first.isPresent();
        SqlEventFeed.Part part = first.orElseGet(() -> feed.after(place));
        List<SqlEventFeed.Happened> seen = part.events().stream()
                .filter(wanted)
                .filter(happened -> rights.may(
                        Privilege.DESCRIBE, JobObjects.of(happened.workspace().id(), happened.id(), "")))
                .toList();
        seen.forEach(happened -> client.send("job", data(happened)));
        if (part.gap()) {
            client.send("gap", "Something happened that is not told here: read the jobs again.");
        }
        if (begins || part.gap() || !seen.isEmpty() || client.silence().compareTo(SILENCE) > 0) {
            client.place(part.place());
        }
        first = Optional.empty();
        place = part.place();
    }

    /** Ends it from this side. */
    synchronized void end() {
        if (!client.closed()) {
            client.send("end", "The token or session that opened this stream ended, or the server stops.");
            client.close();
        }
    }

    private static String data(SqlEventFeed.Happened happened) {
        return Json.write(new StreamedJobEventView(
                happened.workspace().name().value(), happened.job().value(), JobViews.of(happened.event())));
    }
}
