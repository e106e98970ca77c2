package io.millrace.server.gateway;

import static java.util.Objects.requireNonNull;

import io.millrace.api.client.UnreachableException;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Calls to a gateway that may hang. While a call waits for longer than {@link #PATIENCE}, the gateway is asked for its
 * health: as long as it says something, the call may take its time. When it says nothing, the circuit is open: all calls
 * that wait, and every further one, fail as if there had been no answer, until it says something again. Thread-safe.
 */
final class Circuit implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Of the question for its health. With the patience and a look: open within ten seconds. */
    static final Duration PROBE = Duration.ofSeconds(4);

    private static final Logger LOG = Logger.getLogger(Circuit.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final URI gateway;
    private final BooleanSupplier answers;
    private final Clock clock;
    private final ExecutorService calls = Executors.newCachedThreadPool(daemons("gateway-call"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(daemons("gateway-circuit"));
    private final Set<Waiting<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean open;

    /** A call that has no answer yet. */
    private static final class Waiting<T> {
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private final Instant since;

        private Waiting(Instant since) {
            this.since = since;
        }
    }

    /** {@code answers} asks the gateway for its health and waits {@link #PROBE} at most. */
    Circuit(URI gateway, BooleanSupplier answers, Clock clock) {
        this.gateway = requireNonNull(gateway, "gateway");
        this.answers = requireNonNull(answers, "answers");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Looks from now on by itself. */
    Circuit start() {
        var unused = timer.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** Answers and fails as {@code call} does; UnreachableException when the circuit is open. */
    <T> T call(Supplier<T> call) {
        var mine = new Waiting<T>(clock.instant());
        waiting.add(mine);
        try {
            if (open) {
                throw silence();
            }
            calls.execute(() -> run(call, mine.answer));
            return mine.answer.get();
        } catch (CancellationException e) {
            throw silence();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while waiting for an answer"));
        } finally {
            waiting.remove(mine);
        }
    }

    private static <T> void run(Supplier<T> call, CompletableFuture<T> answer) {
        try {
            answer.complete(call.get());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private UnreachableException silence() {
        return new UnreachableException(gateway, new IOException("it hangs"));
    }

    /** Asks for the gateway's health, if there is a reason to. */
    void look() {
        Instant before = clock.instant().minus(PATIENCE);
        boolean slow = waiting.stream().anyMatch(each -> each.since.isBefore(before));
        if (!open && !slow) {
            return;
        }
        boolean silent = !answers.getAsBoolean();
        if (silent != open) {
            LOG.warnf(silent ? "the gateway at %s hangs" : "the gateway at %s answers again", gateway);
        }
        open = silent;
        if (silent) {
            waiting.forEach(each -> each.answer.cancel(false));
        }
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        calls.shutdownNow();
    }
}
