package io.millrace.core.job;

import io.millrace.core.target.Failure;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceId;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The model of the stores of jobs. Survives what a test kills. */
public final class InMemoryJobs implements JobStore, AttemptStore {
    /** Who may write. */
    public final InMemoryLeases leases = new InMemoryLeases();

    final Map<JobId, Job> jobs = new LinkedHashMap<>();
    final Map<JobId, Deletion> deletions = new LinkedHashMap<>();
    private final Map<JobId, List<JobVersion>> versions = new LinkedHashMap<>();
    private final Map<JobId, List<Attempt>> attempts = new LinkedHashMap<>();
    private final Map<JobId, List<StopOperation>> stops = new LinkedHashMap<>();
    private final Map<JobId, List<Deployment>> deployments = new LinkedHashMap<>();
    private final Map<JobId, List<JobEvent>> events = new LinkedHashMap<>();
    private final Map<FlinkJobId, Failure> failures = new LinkedHashMap<>();
    private final Map<TargetName, TargetSeen> targets = new LinkedHashMap<>();

    /** The ledger beside them. */
    final InMemorySnapshots snapshots = new InMemorySnapshots(this);

    /** The proofs beside them. */
    final InMemoryProofs proofs = new InMemoryProofs(this);

    @Override
    public synchronized boolean create(Job job, JobVersion first, JobEvent event) {
        if (find(job.workspace().id(), job.name()).isPresent()) {
            return false;
        }
        jobs.put(job.id(), job);
        versions.put(job.id(), new ArrayList<>(List.of(first)));
        attempts.put(job.id(), new ArrayList<>());
        stops.put(job.id(), new ArrayList<>());
        deployments.put(job.id(), new ArrayList<>());
        events.put(job.id(), new ArrayList<>());
        add(job.id(), event);
        return true;
    }

    @Override
    public synchronized boolean update(Job next, Optional<JobVersion> version, JobEvent event) {
        Job stored = jobs.get(next.id());
        if (stored == null
                || deletions.containsKey(next.id())
                || stored.generation() != next.generation() - 1
                || snapshots.go(stored.wish(), next.wish())) {
            return false;
        }
        jobs.put(
                next.id(),
                new Job(
                        stored.id(),
                        stored.workspace(),
                        stored.name(),
                        next.labels(),
                        next.wish(),
                        next.version(),
                        next.generation(),
                        stored.observation(),
                        stored.restorePath(),
                        next.wish().equals(stored.wish()) ? stored.patience() : next.patience(),
                        stored.createdAt(),
                        next.changedAt()));
        deployments
                .get(next.id())
                .replaceAll(deployment -> deployment.wish() != next.wish().number()
                                && deployment.phase().open()
                        ? deployment.superseded(next.changedAt())
                        : deployment);
        version.ifPresent(newest -> versions.get(next.id()).add(newest));
        add(next.id(), event);
        return true;
    }

    @Override
    public synchronized Optional<ListedJob> find(WorkspaceId workspace, JobName name) {
        return named(workspace, name)
                .filter(listed -> listed.deletion().isEmpty())
                .findFirst();
    }

    @Override
    public synchronized Optional<ListedJob> lastDeleted(WorkspaceId workspace, JobName name) {
        return named(workspace, name)
                .filter(listed -> listed.deletion().isPresent())
                .max(Comparator.comparing(
                        listed -> listed.deletion().orElseThrow().at()));
    }

    private Stream<ListedJob> named(WorkspaceId workspace, JobName name) {
        return jobs.values().stream()
                .filter(job ->
                        job.workspace().id().equals(workspace) && job.name().equals(name))
                .map(this::listed);
    }

    ListedJob listed(Job job) {
        Optional<Attempt> newest = newestAttempt(job.id());
        Optional<TargetSeen> seen = newest.filter(Attempt::live)
                .flatMap(attempt -> Optional.ofNullable(
                        targets.get(spec(job.id(), attempt.version()).target())));
        Observation observed = job.observation();
        Observation fresh = seen.map(target -> new Observation(
                        observed.state(),
                        target.seenAt()
                                .filter(at -> at.isAfter(observed.seenAt()))
                                .orElse(observed.seenAt()),
                        target.unknownSince(),
                        observed.reason()))
                .orElse(observed);
        return new ListedJob(
                job.saw(fresh),
                newest,
                deployment(job),
                spec(job.id(), job.version()),
                Optional.ofNullable(deletions.get(job.id())));
    }

    private Optional<Attempt> newestAttempt(JobId id) {
        List<Attempt> all = attempts.get(id);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private Optional<Deployment> deployment(Job job) {
        return deployments.get(job.id()).stream()
                .filter(deployment -> deployment.wish() == job.wish().number())
                .findFirst();
    }

    private JobSpec spec(JobId id, long version) {
        return versions.get(id).get((int) version - 1).spec();
    }

    @Override
    public synchronized List<ListedJob> page(JobFilter filter) {
        return jobs.values().stream()
                .map(this::listed)
                .filter(job -> job.deletion().isPresent() == filter.deleted())
                .filter(job -> ListOrder.matches(filter, job))
                .filter(job -> ListOrder.isListed(filter, job.job()))
                .sorted(ListOrder.of(filter.order()))
                .skip(filter.offset())
                .limit(filter.limit())
                .toList();
    }

    @Override
    public synchronized SortedMap<Tag, Integer> tags(JobFilter filter) {
        return ListOrder.tags(jobs.values().stream().map(this::listed), filter);
    }

    @Override
    public synchronized List<JobVersion> versions(JobId job, long before, int limit) {
        return versions.getOrDefault(job, List.of()).stream()
                .filter(version -> version.version() < before)
                .sorted(Comparator.comparingLong(JobVersion::version).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<JobEvent> events(JobId job, long before, int limit) {
        return events.getOrDefault(job, List.of()).stream()
                .filter(event -> event.id() < before)
                .sorted(Comparator.comparingLong(JobEvent::id).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<ListedAttempt> attempts(JobId job, long before, int limit) {
        return attempts.getOrDefault(job, List.of()).stream()
                .filter(attempt -> attempt.number() < before)
                .sorted(Comparator.comparingInt(Attempt::number).reversed())
                .limit(limit)
                .map(attempt -> new ListedAttempt(
                        attempt,
                        Optional.ofNullable(failures.get(attempt.flinkJobId()))
                                .map(why -> new ListedAttempt.Why(why.kind(), why.cause(), why.at()))))
                .toList();
    }

    @Override
    public synchronized Optional<String> exception(JobId job, int attempt) {
        return attempts.getOrDefault(job, List.of()).stream()
                .filter(one -> one.number() == attempt)
                .findFirst()
                .flatMap(one -> Optional.ofNullable(failures.get(one.flinkJobId())))
                .map(Failure::exception);
    }

    @Override
    public synchronized List<Deployment> deployments(JobId job, int limit) {
        return deployments.get(job).stream()
                .sorted(Comparator.comparingLong(Deployment::wish).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Todo todo(TargetName target) {
        return new Todo(
                work(target),
                !snapshots.due(target).isEmpty(),
                !proofs.open(target).isEmpty());
    }

    private List<Work> work(TargetName target) {
        return jobs.keySet().stream()
                .map(id -> load(id).orElseThrow())
                .filter(state -> !state.atRest() && state.spec().target().equals(target))
                .map(state -> new Work(
                        state.job().id(),
                        state.live().map(Attempt::flinkJobId),
                        state.live()
                                        .map(live -> live.state() == AttemptState.SUBMITTED)
                                        .orElse(false)
                                && state.openStop().isEmpty()
                                && state.served()
                                && state.job().desired() == DesiredState.RUNNING
                                && state.deployment()
                                        .map(deployment -> !deployment.phase().open())
                                        .orElse(true)
                                && state.job().observed() == ObservedState.RUNNING,
                        state.spec().mode() == JobMode.BATCH
                                || state.live().flatMap(Attempt::checkpoint).isPresent()))
                .toList();
    }

    @Override
    public synchronized Optional<JobState> load(JobId id) {
        return Optional.ofNullable(jobs.get(id)).map(job -> {
            Optional<Attempt> attempt = newestAttempt(id);
            Optional<Deployment> deployment = deployment(job);
            JobState blank = new JobState(job, attempt, Optional.empty(), deployment, spec(id, 1));
            long version = attempt.filter(Attempt::live).map(Attempt::version).orElse(blank.version());
            List<StopOperation> all = attempt.map(newest -> stops.get(id).stream()
                            .filter(stop -> stop.attempt() == newest.number())
                            .toList())
                    .orElse(List.of());
            Optional<StopOperation> stop = all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
            return new JobState(job, attempt, stop, deployment, spec(id, version));
        });
    }

    @Override
    public synchronized boolean commit(Lease lease, JobState before, Step step) {
        require(lease);
        Job stored = jobs.get(before.job().id());
        if (stored == null || stored.generation() != before.job().generation()) {
            return false;
        }
        JobState next = step.next();
        next.attempt().ifPresent(attempt -> put(stored.id(), attempt));
        step.failure()
                .ifPresent(why -> failures.put(next.attempt().orElseThrow().flinkJobId(), why));
        next.stop().ifPresent(stop -> put(stored.id(), stop));
        next.deployment().ifPresent(deployment -> put(stored.id(), deployment));
        jobs.put(
                stored.id(),
                stored.saw(next.job().observation())
                        .restoreFrom(next.job().restorePath())
                        .patience(next.job().patience()));
        step.events().forEach(event -> add(stored.id(), event));
        snapshots.learn(step.snapshots());
        return true;
    }

    private void put(JobId id, Attempt attempt) {
        List<Attempt> all = attempts.get(id);
        all.removeIf(old -> old.number() == attempt.number());
        if (all.stream().anyMatch(Attempt::live)) {
            throw new IllegalStateException("two live attempts of " + id);
        }
        all.add(attempt);
    }

    private void put(JobId id, StopOperation stop) {
        List<StopOperation> all = stops.get(id);
        all.removeIf(old -> old.id().equals(stop.id()));
        all.add(stop);
    }

    private void put(JobId id, Deployment deployment) {
        List<Deployment> all = deployments.get(id);
        all.removeIf(old -> old.wish() == deployment.wish());
        all.add(deployment);
    }

    void add(JobId id, JobEvent event) {
        List<JobEvent> all = events.get(id);
        all.add(event.numbered(all.size() + 1));
    }

    @Override
    public synchronized Set<FlinkJobId> live(Set<FlinkJobId> ids) {
        return attempts.entrySet().stream()
                .filter(entry -> jobs.containsKey(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .filter(Attempt::live)
                .map(Attempt::flinkJobId)
                .filter(ids::contains)
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized void note(Lease lease, FlinkJobId id, JobEvent event) {
        require(lease);
        attempts.values().stream()
                .flatMap(List::stream)
                .filter(attempt -> attempt.flinkJobId().equals(id) && jobs.containsKey(attempt.job()))
                .findFirst()
                .ifPresent(attempt -> add(attempt.job(), event.about(attempt.number())));
    }

    @Override
    public synchronized Set<Lease> seen(Map<Lease, TargetSeen> sightings) {
        Map<Boolean, Set<Lease>> held =
                sightings.keySet().stream().collect(Collectors.partitioningBy(leases::holds, Collectors.toSet()));
        held.get(true).forEach(lease -> targets.put(lease.target(), sightings.get(lease)));
        return held.get(false);
    }

    @Override
    public synchronized List<TargetSeen> targets() {
        return List.copyOf(targets.values());
    }

    void require(Lease lease) {
        leases.require(lease);
    }

    /** All attempts of a job, oldest first. */
    public synchronized List<Attempt> attempts(JobId id) {
        return List.copyOf(attempts.get(id));
    }

    /** All stop operations of a job, oldest first. */
    public synchronized List<StopOperation> stops(JobId id) {
        return List.copyOf(stops.get(id));
    }
}
