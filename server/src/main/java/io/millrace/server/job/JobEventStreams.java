package io.millrace.server.job;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.EventClient;
import io.millrace.server.http.Standing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The streams of events that are open on this server; each is looked after once in a second. */
final class JobEventStreams implements AutoCloseable {
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final int THREADS = 2;

    private final SqlEventFeed feed;
    private final int most;
    private final Set<JobEventStream> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "job-events");
        thread.setDaemon(true);
        return thread;
    });

    JobEventStreams(SqlEventFeed feed, int most) {
        this.feed = feed;
        this.most = most;
    }

    /**
     * Begins a stream behind {@code place}, or with what happens from now on. Fails with REQUEST_INVALID when that is no
     * place, and with EVENT_STREAMS_LIMITED when there are as many streams as there may be.
     */
    void open(Standing caller, EventClient client, Optional<String> place, Predicate<SqlEventFeed.Happened> wanted) {
        SqlEventFeed.Part first =
                place.map(feed::after).orElseGet(() -> new SqlEventFeed.Part(List.of(), feed.here(), false));
        if (open.size() >= most) {
            throw new MillraceException(
                    ErrorCode.EVENT_STREAMS_LIMITED,
                    "This server streams events to " + most
                            + " clients already. Close one, ask another server, or raise millrace.job.event-streams.");
        }
        var stream = new JobEventStream(feed, caller, client, wanted, first);
        open.add(stream);
        keep(stream);
    }

    private void keep(JobEventStream stream) {
        if (stream.goOn()) {
            // goOn() catches what goes wrong.
            var unused = pool.schedule(() -> keep(stream), PACE.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            open.remove(stream);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        open.forEach(JobEventStream::end);
    }
}
