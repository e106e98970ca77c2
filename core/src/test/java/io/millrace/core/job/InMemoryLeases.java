package io.millrace.core.job;

import io.millrace.core.target.TargetName;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link LeaseStore} as a model: what it is is easy to see. */
public final class InMemoryLeases implements LeaseStore {
    private static final int TAG = 0x4d696c6c;

    private final Map<String, Long> servers = new LinkedHashMap<>();
    private final Map<TargetName, Taken> leases = new LinkedHashMap<>();

    private record Taken(String server, long epoch, long renewed) {}

    @Override
    public synchronized int beat(String server, Duration silence) {
        servers.put(server, System.nanoTime());
        return 1
                + (int) servers.entrySet().stream()
                        .filter(other -> !other.getKey().equals(server))
                        .filter(other -> System.nanoTime() - other.getValue() < silence.toNanos())
                        .count();
    }

    @Override
    public synchronized List<Held> held(Set<TargetName> wanted) {
        return leases.entrySet().stream()
                .filter(entry -> wanted.contains(entry.getKey()))
                .map(entry -> new Held(
                        entry.getKey(),
                        entry.getValue().server(),
                        Duration.ofNanos(System.nanoTime() - entry.getValue().renewed())))
                .toList();
    }

    @Override
    public synchronized Lease takeOver(TargetName target, String server) {
        long epoch = Optional.ofNullable(leases.get(target)).map(Taken::epoch).orElse(0L) + 1;
        leases.put(target, new Taken(server, epoch, System.nanoTime()));
        return new Lease(target, epoch, TAG);
    }

    @Override
    public synchronized Optional<Lease> takeOverSilent(TargetName target, String server, Duration silence) {
        Taken taken = leases.get(target);
        boolean silent = taken == null || System.nanoTime() - taken.renewed() >= silence.toNanos();
        return silent ? Optional.of(takeOver(target, server)) : Optional.empty();
    }

    @Override
    public synchronized void leave(String server) {
        servers.remove(server);
        leases.replaceAll((target, taken) -> taken.server().equals(server)
                ? new Taken(
                        server,
                        taken.epoch(),
                        System.nanoTime() - Duration.ofDays(1).toNanos())
                : taken);
    }

    @Override
    public synchronized List<Lease> renew(List<Lease> mine) {
        List<Lease> kept = mine.stream().filter(this::holds).toList();
        kept.forEach(lease -> leases.computeIfPresent(
                lease.target(), (target, taken) -> new Taken(taken.server(), taken.epoch(), System.nanoTime())));
        return kept;
    }

    synchronized boolean holds(Lease lease) {
        Taken taken = leases.get(lease.target());
        return taken != null && taken.epoch() == lease.epoch();
    }

    synchronized void require(Lease lease) {
        if (!holds(lease)) {
            throw new LeaseLostException(lease);
        }
    }
}
