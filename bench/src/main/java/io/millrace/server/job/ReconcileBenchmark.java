package io.millrace.server.job;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.core.job.ProofKeeper;
import io.millrace.core.target.TargetName;
import io.millrace.server.target.BenchTargets;
import io.millrace.server.target.Target;
import io.millrace.testkit.FakeJobManagers;
import org.jdbi.v3.core.Jdbi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * What it costs to look after many jobs that run well: the loop of the server, alone in this process, over the stack's
 * PostgreSQL and JobManagers that are fakes in another process. Run by {@code bench/reconcile}.
 */
public final class ReconcileBenchmark {
    private static final int JOBS = 100;
    private static final int PASSES = 20;
    private static final int LISTS = 1_500;

    /** Before those: until the compiler of the server's JVM has little left to do. */
    private static final int WARMING_LISTS = 2000;

    /** Until the compiler of the JVM has little left to do. */
    private static final Duration WARM = Duration.ofMinutes(3);

    private static final Duration STEADY = Duration.ofSeconds(60);
    private static final JobLoop.Pace PACE =
            new JobLoop.Pace(Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(10));

    private final Set<TargetName> looked = ConcurrentHashMap.newKeySet();
    private final Jdbi jdbi;
    private final URI server;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final List<URI> managers = new ArrayList<>();
    private final PrintWriter asking;
    private final BufferedReader answers;
    private int inserted;

    private ReconcileBenchmark(Jdbi jdbi, URI server, String token, Process fakes, int clusters) throws IOException {
        this.jdbi = jdbi;
        this.server = server;
        this.token = token;
        this.asking = new PrintWriter(fakes.outputWriter(StandardCharsets.UTF_8), true);
        this.answers = new BufferedReader(new InputStreamReader(fakes.getInputStream(), StandardCharsets.UTF_8));
        BenchJobs jobs = new BenchJobs(jdbi);
        IntStream.range(0, clusters).forEach(i -> asking.println(String.join(" ", jobs.flinkIds(i, JOBS))));
        asking.println();
        Arrays.stream(answers.readLine().split(" "))
                .skip(1)
                .forEach(port -> managers.add(URI.create("http://127.0.0.1:" + port)));
    }

    /** Arguments: JDBC address, user, password, address of the stack's server, token, numbers of clusters, rising. */
    public static void main(String[] args) throws IOException, InterruptedException {
        // As in the server; without it, the HTTP client writes its debug messages, for nobody.
        Logger.getLogger("").setLevel(Level.INFO);
        List<Integer> sizes = Arrays.stream(args).skip(5).map(Integer::valueOf).toList();
        int most = sizes.get(sizes.size() - 1);
        Process fakes = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeJobManagers.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (FewConnections connections = new FewConnections(args[0], args[1], args[2])) {
            var bench = new ReconcileBenchmark(Jdbi.create(connections), URI.create(args[3]), args[4], fakes, most);
            System.out.println("| jobs | to full truth, ms | a pass over all, ms, p50 | max | percent of a core"
                    + " | calls per cluster and interval | heap, KB per job | list, ms, p50 | p99 |");
            System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
            for (int clusters : sizes) {
                bench.run(clusters);
            }
        } finally {
            fakes.destroy();
        }
    }

    private JobLoop.Care care() {
        var ledger = new SqlSnapshotLedger(jdbi);
        var kept = new ProofKeeper.Kept(ledger, new SqlJobStore(jdbi), new SqlStateStore(jdbi));
        return new JobLoop.Care(
                new JobLoop.Keeping(ledger, 10, Duration.ofDays(7)),
                new JobLoop.Proving(new SqlProofStore(jdbi), kept, Duration.ofMinutes(3)));
    }

    private void run(int clusters) throws IOException, InterruptedException {
        BenchJobs jobs = new BenchJobs(jdbi);
        for (; inserted < clusters; inserted++) {
            jobs.insert(inserted, JOBS);
        }
        jdbi.useHandle(handle -> handle.execute("ANALYZE"));
        long idle = heap();
        List<Target> targets = targets(clusters);
        var loop = new JobLoop(
                new SqlAttemptStore(jdbi, false),
                new SqlLeaseStore(jdbi),
                targets,
                care(),
                (target, overview) -> looked.add(target),
                PACE,
                Clock.systemUTC());
        try (loop) {
            long truth = seen(clusters, loop::start);
            long[] passes = passes(loop, targets);
            TimeUnit.SECONDS.sleep(WARM.toSeconds());
            long cpu = system.getProcessCpuTime();
            long calls = calls();
            TimeUnit.SECONDS.sleep(STEADY.toSeconds());
            double busy = (system.getProcessCpuTime() - cpu) / 1e9 / STEADY.toSeconds() * 100;
            double perInterval = (calls() - calls) * 5.0 / STEADY.toSeconds() / clusters;
            double memory = (heap() - idle) / 1024.0 / (clusters * JOBS);
            long[] lists = lists(clusters);
            System.out.printf(
                    "| %,d | %,d | %,d | %,d | %.1f | %.2f | %.2f | %.1f | %.1f |%n",
                    clusters * JOBS,
                    truth / 1_000_000,
                    passes[PASSES / 2] / 1_000_000,
                    passes[PASSES - 1] / 1_000_000,
                    busy,
                    perInterval,
                    memory,
                    lists[LISTS / 2] / 1e6,
                    lists[LISTS * 99 / 100] / 1e6);
        }
    }

    private List<Target> targets(int clusters) {
        return IntStream.range(0, clusters)
                .mapToObj(i -> BenchTargets.at(new TargetName(BenchJobs.target(i)), managers.get(i)))
                .toList();
    }

    /** How long it takes until each cluster was looked at again. Its turn may have come a moment ago. */
    private long[] passes(JobLoop loop, List<Target> targets) throws InterruptedException {
        long[] times = new long[PASSES];
        for (int i = 0; i < PASSES; i++) {
            TimeUnit.MILLISECONDS.sleep(1500);
            looked.clear();
            long begin = System.nanoTime();
            targets.forEach(target -> loop.wake(target.name()));
            while (looked.size() < targets.size()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            times[i] = System.nanoTime() - begin;
        }
        Arrays.sort(times);
        return times;
    }

    /** How long it takes from {@code start} until each cluster was looked at, and that is written down. */
    private long seen(int clusters, Runnable start) throws InterruptedException {
        long begin = System.nanoTime();
        var since = Clock.systemUTC().instant().atOffset(java.time.ZoneOffset.UTC);
        start.run();
        while (jdbi.withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM target_seen WHERE target LIKE 'bench-%' AND seen_at >= :since")
                        .bind("since", since)
                        .mapTo(Integer.class)
                        .one())
                < clusters) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return System.nanoTime() - begin;
    }

    /** Random filters of the list of jobs, by the stack's own server. */
    private long[] lists(int clusters) throws IOException, InterruptedException {
        long[] times = new long[LISTS];
        for (int i = -WARMING_LISTS; i < LISTS; i++) {
            String query =
                    "?pageSize=100&sort=-changedAt&observed=RUNNING&q=bench-" + Math.floorMod(i * 7, clusters) + "-";
            long begin = System.nanoTime();
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(server.resolve("/api/v1/jobs" + query))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            if (i >= 0) {
                times[i] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(times);
        return times;
    }

    private long calls() throws IOException {
        asking.println("count");
        return Long.parseLong(answers.readLine());
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
