package io.millrace.flink.gateway;

import com.sun.net.httpserver.HttpServer;
import io.millrace.flink.gateway.analysis.Analyzer;
import io.millrace.flink.gateway.session.SessionContexts;
import io.millrace.flink.gateway.session.Sessions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.gateway.api.endpoint.SqlGatewayEndpoint;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The gateway's private HTTP API, used by the server alone. Holds sessions; remembers nothing that matters when the
 * process ends.
 */
public final class MillraceEndpoint implements SqlGatewayEndpoint {
    static {
        // The JDK's server writes head and body apart; with Nagle's algorithm each answer would wait 40 ms for an ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Longer than clients keep idle connections (20 minutes), so that none sends into one that is being closed.
        System.setProperty("sun.net.httpserver.idleInterval", "1500");
        // Both are read once, when the process makes its first server.
    }

    private static final int HTTP_THREADS = 64;
    private static final int RUN_THREADS = 64;

    private final InetSocketAddress address;
    private final String token;
    private final ExecutorService requests = pool("millrace-http", HTTP_THREADS);
    private final ExecutorService runs = pool("millrace-sql", RUN_THREADS);
    private final ScheduledExecutorService timer = timer();
    private final SessionContexts contexts;
    private final Sessions sessions;
    private @Nullable HttpServer http;

    MillraceEndpoint(Configuration flink, InetSocketAddress address, String token, Clock clock) {
        this.address = address;
        this.token = token;
        this.contexts = new SessionContexts(flink, runs);
        this.sessions = new Sessions(contexts, runs, timer, clock);
    }

    @Override
    public void start() throws IOException {
        HttpServer server = HttpServer.create(address, 128);
        server.createContext("/", new HttpApi(token, new Routes(sessions)));
        server.setExecutor(requests);
        server.start();
        http = server;
        sessions.start();
        runs.execute(new WarmUp(contexts, new Analyzer(sessions)));
    }

    /** The port in use, also when any was asked for. */
    public int port() {
        if (http == null) {
            throw new IllegalStateException("not started");
        }
        return http.getAddress().getPort();
    }

    @Override
    public void stop() {
        if (http != null) {
            http.stop(0);
        }
        requests.shutdownNow();
        timer.shutdownNow();
        sessions.close();
        runs.shutdownNow();
    }

    private static ExecutorService pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(1_000), daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("millrace-timer"));
        timer.setRemoveOnCancelPolicy(true); // a time limit that was not reached must not hold a result
        return timer;
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
