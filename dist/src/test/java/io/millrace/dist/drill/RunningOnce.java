package io.millrace.dist.drill;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at Flink five times a second: no two jobs of one name may be under way at the same time. */
final class RunningOnce implements AutoCloseable {
    private static final Set<String> OVER = Set.of("FINISHED", "CANCELED", "FAILED");
    private static final long PERIOD_MILLIS = 200;

    private final DrillStack stack;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicLong samples = new AtomicLong();
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();

    RunningOnce(DrillStack stack) {
        this.stack = stack;
        var unused = sampler.scheduleWithFixedDelay(this::sample, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sample() {
        try {
            Map<String, String> underWay = new HashMap<>();
            for (JsonNode job : stack.flink("/jobs/overview").path("jobs")) {
                if (!OVER.contains(job.path("state").asText())) {
                    String id = job.path("jid").asText();
                    String other = underWay.put(job.path("name").asText(), id);
                    if (other != null) {
                        violations.add(job.path("name").asText() + " runs as " + id + " and as " + other);
                    }
                }
            }
            samples.incrementAndGet();
        } catch (IOException e) {
            // The cluster is not what is killed here; a sample that is missed shows in the count.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
