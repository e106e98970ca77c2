package io.millrace.dist.drill;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at Flink five times a second: no two jobs of one name may be under way at the same time. */
final class RunningOnce implements AutoCloseable {
    private static final long PERIOD_MILLIS = 200;

    private final DrillStack stack;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicLong samples = new AtomicLong();
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Long> twiceSince = new HashMap<>();
    private volatile Duration tolerated = Duration.ZERO;

    RunningOnce(DrillStack stack) {
        this.stack = stack;
        var unused = sampler.scheduleWithFixedDelay(this::sample, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From now on two may be seen for this long. */
    void tolerate(Duration overlap) {
        tolerated = overlap;
    }

    private void sample() {
        try {
            Map<String, String> underWay = new HashMap<>();
            Map<String, String> twice = new HashMap<>();
            for (JsonNode job : stack.flink("/jobs/overview").path("jobs")) {
                if (!DrillStack.OVER.contains(job.path("state").asText())) {
                    String id = job.path("jid").asText();
                    String name = job.path("name").asText();
                    String other = underWay.put(name, id);
                    if (other != null) {
                        twice.put(name, name + " runs as " + id + " and as " + other);
                    }
                }
            }
            note(twice);
            samples.incrementAndGet();
        } catch (IOException e) {
            // The JobManager is being killed just now; a sample that is missed shows in the count.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(Map<String, String> twice) {
        twiceSince.keySet().retainAll(twice.keySet());
        twice.forEach((name, what) -> {
            long since = twiceSince.computeIfAbsent(name, first -> System.nanoTime());
            if (System.nanoTime() - since >= tolerated.toNanos()) {
                violations.add(what);
            }
        });
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    long samples() {
        return samples.get();
    }

    @Override
    public void close() {
        sampler.shutdownNow();
    }
}
