package io.millrace.core.job;

import io.millrace.core.target.TargetName;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The model of the ledger. Belongs to the model of the other stores, as the tables do. */
public final class InMemorySnapshots implements SnapshotLedger {
    private static final Comparator<SnapshotEntry> NEWEST =
            Comparator.comparing(SnapshotEntry::createdAt).reversed();

    private final InMemoryJobs jobs;
    private final Map<UUID, SnapshotEntry> entries = new LinkedHashMap<>();

    InMemorySnapshots(InMemoryJobs jobs) {
        this.jobs = jobs;
    }

    /** What a step says. */
    void learn(List<SnapshotEntry> learned) {
        synchronized (jobs) {
            learned.stream().filter(entry -> !known(entry)).forEach(entry -> entries.put(entry.id(), entry));
        }
    }

    /** Whether a new wish begins with what is being deleted. */
    boolean go(Wish before, Wish next) {
        return before.number() != next.number()
                && next.from().snapshot().filter(this::goes).isPresent();
    }

    private boolean goes(String path) {
        return entries.values().stream()
                .anyMatch(entry -> entry.phase() == SnapshotPhase.DISPOSING && entry.holds(path));
    }

    /** All of them. */
    List<SnapshotEntry> all() {
        synchronized (jobs) {
            return List.copyOf(entries.values());
        }
    }

    private boolean known(SnapshotEntry entry) {
        return entries.values().stream()
                .filter(other -> other.target().equals(entry.target()))
                .filter(other -> other.of().job().equals(entry.of().job()))
                .anyMatch(other -> other.directory().equals(entry.directory()));
    }

    @Override
    public Optional<SnapshotEntry> add(SnapshotEntry entry, JobEvent event) {
        synchronized (jobs) {
            if (entries.containsKey(entry.id())) {
                return find(entry.id())
                        .filter(there -> there.of().job().equals(entry.of().job()));
            }
            boolean open = entry.phase().open()
                    && entries.values().stream()
                            .anyMatch(other -> other.phase().open()
                                    && other.of().job().equals(entry.of().job()));
            JobId job = entry.of().job();
            boolean gone = goes(entry.directory()) || !jobs.jobs.containsKey(job) || jobs.deletions.containsKey(job);
            if (open || gone || known(entry)) {
                return Optional.empty();
            }
            entries.put(entry.id(), entry);
            jobs.add(entry.of().job(), event);
            return Optional.of(entry);
        }
    }

    @Override
    public Optional<SnapshotEntry> find(UUID id) {
        synchronized (jobs) {
            return Optional.ofNullable(entries.get(id));
        }
    }

    @Override
    public List<SnapshotEntry> of(JobId job, Instant before, int limit) {
        return all().stream()
                .filter(entry ->
                        entry.of().job().equals(job) && entry.createdAt().isBefore(before))
                .sorted(NEWEST)
                .limit(limit)
                .toList();
    }

    @Override
    public Set<String> directories(TargetName target) {
        return all().stream()
                .filter(entry -> entry.target().equals(target))
                .map(SnapshotEntry::directory)
                .collect(Collectors.toSet());
    }

    @Override
    public List<SnapshotEntry> orphans(TargetName target) {
        return all().stream()
                .filter(entry -> entry.target().equals(target))
                .filter(entry -> jobs.load(entry.of().job()).isEmpty())
                .sorted(NEWEST)
                .toList();
    }

    @Override
    public Map<UUID, Set<SnapshotReference>> references(List<SnapshotEntry> some) {
        return some.stream().collect(Collectors.toMap(SnapshotEntry::id, this::references));
    }

    private Set<SnapshotReference> references(SnapshotEntry entry) {
        return SnapshotReference.of(
                entry,
                jobs.load(entry.of().job()),
                all(),
                jobs.proofs.open(entry.of().job()));
    }

    @Override
    public boolean pin(UUID id, boolean wanted) {
        synchronized (jobs) {
            Optional<SnapshotEntry> there = find(id).filter(entry -> entry.phase() != SnapshotPhase.DISPOSING);
            there.ifPresent(entry -> entries.put(id, entry.pin(wanted)));
            return there.isPresent();
        }
    }

    @Override
    public boolean dispose(UUID id, Instant now) {
        synchronized (jobs) {
            SnapshotEntry entry = entries.get(id);
            if (entry == null || entry.pinned() || !references(entry).isEmpty()) {
                return false;
            }
            if (entry.phase() != SnapshotPhase.DISPOSING) {
                entries.put(id, entry.become(SnapshotPhase.DISPOSING, "", now));
            }
            return true;
        }
    }

    @Override
    public List<SnapshotEntry> due(TargetName target) {
        return all().stream()
                .filter(entry -> entry.target().equals(target))
                .filter(entry -> entry.phase().open()
                        || entry.phase() == SnapshotPhase.DISPOSING
                        || (entry.phase() == SnapshotPhase.AVAILABLE
                                && entry.contents().isEmpty()))
                .toList();
    }

    @Override
    public List<UUID> surplus(TargetName target, int keep, Instant before) {
        Function<SnapshotEntry, JobId> job = entry -> entry.of().job();
        return all().stream()
                .filter(entry -> entry.target().equals(target))
                .filter(entry -> entry.phase() == SnapshotPhase.AVAILABLE || entry.phase() == SnapshotPhase.FAILED)
                .filter(SnapshotEntry::owned)
                .filter(entry -> jobs.load(entry.of().job()).isPresent()
                        && !jobs.deletions.containsKey(entry.of().job()))
                .sorted(NEWEST)
                .collect(Collectors.groupingBy(job, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(ofOne -> ofOne.stream().skip(keep))
                .filter(entry -> !entry.pinned() && entry.createdAt().isBefore(before))
                .map(SnapshotEntry::id)
                .toList();
    }

    @Override
    public boolean commit(Lease lease, SnapshotEntry before, Optional<SnapshotEntry> next, Optional<JobEvent> event) {
        synchronized (jobs) {
            jobs.require(lease);
            SnapshotEntry stored = entries.get(before.id());
            if (stored == null || stored.phase() != before.phase()) {
                return false;
            }
            entries.remove(before.id());
            next.ifPresent(entry -> entries.put(entry.id(), entry.pin(stored.pinned())));
            event.ifPresent(said -> jobs.add(before.of().job(), said));
            return true;
        }
    }
}
