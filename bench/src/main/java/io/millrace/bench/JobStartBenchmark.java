package io.millrace.bench;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Starts the same INSERT through Millrace's API and through Flink's bare SQL gateway, on the same warm cluster,
 * alternating, and prints how long it takes from sending the call until Flink's REST API shows all tasks running.
 *
 * <p>Run by {@code bench/job-start}, which starts both systems.
 */
public final class JobStartBenchmark {
    private static final int WARM_UP = 3;

    private JobStartBenchmark() {}

    /** Arguments: Millrace's address, the bare gateway's, the JobManager's, and how many times each. */
    public static void main(String[] args) throws TimeoutException {
        if (args.length != 4) {
            throw new IllegalArgumentException("usage: SERVER_URL GATEWAY_URL JOBMANAGER_URL TIMES");
        }
        Cluster cluster = new Cluster(URI.create(args[2]));
        int times = Integer.parseInt(args[3]);
        try (Contender millrace = new ThroughMillrace(URI.create(args[0]));
                Contender flink = new ThroughBareGateway(URI.create(args[1]), cluster)) {
            Times ours = new Times(millrace.name());
            Times theirs = new Times(flink.name());
            for (int i = 0; i < WARM_UP + times; i++) {
                Duration our = measure(millrace, cluster);
                Duration their = measure(flink, cluster);
                if (i >= WARM_UP) {
                    ours.add(our);
                    theirs.add(their);
                }
            }
            print(List.of(ours, theirs));
            System.out.printf(
                    "%nratio of the p50: %.2f; difference: %d ms%n",
                    (double) ours.percentile(50).toNanos()
                            / theirs.percentile(50).toNanos(),
                    ours.percentile(50).minus(theirs.percentile(50)).toMillis());
        }
    }

    private static Duration measure(Contender contender, Cluster cluster) throws TimeoutException {
        long before = System.nanoTime();
        contender.start();
        cluster.awaitNewRunningJob();
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        contender.stop();
        cluster.awaitIdle();
        return took;
    }

    private static void print(List<Times> contenders) {
        System.out.println("| job start, ms | n | p50 | p95 | max |");
        System.out.println("|---|---:|---:|---:|---:|");
        contenders.forEach(times -> System.out.println(times.row()));
    }
}
