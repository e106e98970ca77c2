package io.millrace.core.job;

import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The model of the store of proofs. Belongs to the model of the other stores, as the tables do. */
public final class InMemoryProofs implements ProofStore {
    private final InMemoryJobs jobs;
    private final Map<UUID, Proof> proofs = new LinkedHashMap<>();

    InMemoryProofs(InMemoryJobs jobs) {
        this.jobs = jobs;
    }

    /** Those of a job that are not over. */
    List<Proof> open(JobId job) {
        synchronized (jobs) {
            return proofs.values().stream()
                    .filter(proof -> proof.open() && proof.what().job().equals(job))
                    .toList();
        }
    }

    @Override
    public boolean add(Proof proof, JobEvent event) {
        synchronized (jobs) {
            boolean going = proof.entry().isPresent()
                    && jobs.snapshots
                            .find(proof.entry().get())
                            .filter(entry -> entry.phase() != SnapshotPhase.DISPOSING)
                            .isEmpty();
            JobId job = proof.what().job();
            if (going || !open(job).isEmpty() || jobs.load(job).isEmpty()) {
                return false;
            }
            proofs.put(proof.id(), proof);
            jobs.add(job, event);
            return true;
        }
    }

    @Override
    public Optional<Proof> find(UUID id) {
        synchronized (jobs) {
            return Optional.ofNullable(proofs.get(id));
        }
    }

    @Override
    public List<Proof> of(JobId job, Instant before, int limit) {
        synchronized (jobs) {
            return proofs.values().stream()
                    .filter(proof ->
                            proof.what().job().equals(job) && proof.createdAt().isBefore(before))
                    .sorted(Comparator.comparing(Proof::createdAt).reversed())
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public List<Proof> open(TargetName target) {
        synchronized (jobs) {
            return proofs.values().stream()
                    .filter(proof -> proof.open() && proof.what().target().equals(target))
                    .toList();
        }
    }

    @Override
    public Set<FlinkJobId> live(Set<FlinkJobId> ids, Instant now) {
        synchronized (jobs) {
            return proofs.values().stream()
                    .filter(Proof::open)
                    .flatMap(proof -> proof.sent().stream())
                    .filter(sent -> ids.contains(sent.id())
                            && sent.deadline().plus(Proof.GRACE).isAfter(now))
                    .map(Proof.Sent::id)
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public boolean commit(Lease lease, Proof before, Proof next, Optional<JobEvent> event) {
        synchronized (jobs) {
            jobs.require(lease);
            Proof stored = proofs.get(before.id());
            if (stored == null || stored.phase() != before.phase()) {
                return false;
            }
            proofs.put(next.id(), next);
            event.ifPresent(told -> jobs.add(next.what().job(), told));
            return true;
        }
    }
}
