package io.millrace.server.http;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Somebody who is sent events while they happen.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
public final class EventClient {
    private final SseEventSink sink;
    private final Sse sse;
    private CompletionStage<?> sending = CompletableFuture.completedStage(null);
    private long sentAt = System.nanoTime();

    public EventClient(SseEventSink sink, Sse sse) {
        this.sink = sink;
        this.sse = sse;
    }

    /** Whether it took what it was sent. */
    public boolean ready() {
        return sending.toCompletableFuture().isDone();
    }

    /** Whether it went away, or was sent away. */
    public boolean closed() {
        return sink.isClosed() || sending.toCompletableFuture().isCompletedExceptionally();
    }

    /** For how long it was sent nothing. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - sentAt);
    }

    public void send(String event, String data) {
        send(sse.newEventBuilder().name(event).data(data));
    }

    /** What it is to say as {@code Last-Event-ID} when it comes back. */
    public void place(String id) {
        send(sse.newEventBuilder().comment("").id(id));
    }

    private void send(OutboundSseEvent.Builder event) {
        sending = sink.send(event.build());
        sentAt = System.nanoTime();
    }

    public void close() {
        sink.close();
    }
}
