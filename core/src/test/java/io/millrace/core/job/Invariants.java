package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.Submission;
import io.millrace.testkit.Transitions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold after each step, and at each effect. The numbers are those of the reliability design. */
final class Invariants {
    /** Where savepoints of other jobs are. */
    static final String IMPORTS = "imports/";

    private final InMemoryJobs store;
    private final FakeCluster cluster;
    private final Transitions<ObservedState> moves;
    private final Map<JobId, Long> eventsSeen = new HashMap<>();
    private final Set<FlinkJobId> strays = new HashSet<>();
    private final Set<JobId> mayStartEmpty = new HashSet<>();

    Invariants(InMemoryJobs store, FakeCluster cluster, Transitions<ObservedState> moves) {
        this.store = store;
        this.cluster = cluster;
        this.moves = moves;
    }

    void wished(Job job, Wish wish) {
        if (wish.from().mode() != StartFrom.Mode.LATEST) {
            mayStartEmpty.add(job.id());
        }
    }

    void check() {
        ledger();
        for (ListedJob listed :
                store.page(new JobFilter(Set.of(), Optional.empty(), JobFilter.JobOrder.NAME, 0, 100))) {
            JobId id = listed.job().id();
            List<Attempt> attempts = store.attempts(id);
            long running = attempts.stream()
                    .filter(attempt -> runs(attempt.flinkJobId()))
                    .count();
            assertThat(running).as("I1: running attempts of %s", listed).isLessThanOrEqualTo(1);
            attempts.stream()
                    .filter(attempt -> !attempt.live())
                    .forEach(attempt -> assertThat(runs(attempt.flinkJobId()))
                            .as("I1: %s is over, but runs", attempt)
                            .isFalse());
            store.stops(id).stream()
                    .flatMap(stop -> stop.savepoint().stream())
                    .filter(savepoint -> !cluster.lost.contains(savepoint.path()))
                    .filter(savepoint -> store.snapshots.all().stream()
                            .anyMatch(
                                    entry -> entry.holds(savepoint.path()) && entry.phase() == SnapshotPhase.AVAILABLE))
                    .forEach(savepoint -> assertThat(cluster.snapshots(savepoint.path()))
                            .as("I9: a reported savepoint exists: %s", savepoint)
                            .isNotEmpty());
            noPingPong(attempts);
            long last = eventsSeen.getOrDefault(id, 0L);
            for (JobEvent event : store.events(id, Long.MAX_VALUE, 1000)) {
                if (event.id() > last && event.kind() == EventKind.STATE_CHANGED) {
                    moves.visit(event.from().orElseThrow(), event.to().orElseThrow());
                }
                eventsSeen.merge(id, event.id(), Math::max);
            }
        }
    }

    /** Whatever happens to the versions of one wish, there is one way forth and one back. */
    private static void noPingPong(List<Attempt> attempts) {
        Map<Long, List<Long>> versions = new HashMap<>();
        for (Attempt attempt : attempts) {
            List<Long> of = versions.computeIfAbsent(attempt.wish(), wish -> new ArrayList<>());
            if (of.isEmpty() || of.get(of.size() - 1) != attempt.version()) {
                of.add(attempt.version());
            }
        }
        assertThat(versions.values())
                .as("versions tried for one wish of %s", attempts)
                .allMatch(of -> of.size() <= 2);
    }

    /**
     * A request that hung for long can reach a JobManager that was started after the attempt was over. Nothing in
     * Flink can refuse it; the sweep must find it.
     */
    void arrivesLate(Submission submission) {
        if (!attempt(submission.id()).live()) {
            strays.add(submission.id());
        }
    }

    boolean noStrays() {
        return strays.stream().noneMatch(this::shown);
    }

    private boolean runs(FlinkJobId id) {
        return shown(id) && !strays.contains(id);
    }

    private boolean shown(FlinkJobId id) {
        FakeCluster.Run run = cluster.runs.get(id);
        return run != null && !run.status.terminal();
    }

    /** At the moment of a request for a savepoint. */
    void saves(String directory) {
        assertThat(store.snapshots.all())
                .as("I5: a recorded request for %s", directory)
                .anyMatch(entry -> entry.directory().equals(directory) && entry.phase() == SnapshotPhase.INTENT);
    }

    /** At the moment of a deletion. */
    void deletes(String directory) {
        SnapshotEntry entry = store.snapshots.all().stream()
                .filter(each -> each.directory().equals(directory))
                .findFirst()
                .orElseThrow(() -> new AssertionError("I5: no row for the deletion of " + directory));
        assertThat(entry.phase()).as("I5: %s", entry).isEqualTo(SnapshotPhase.DISPOSING);
        assertThat(entry.pinned()).as("I9: %s", entry).isFalse();
        store.load(entry.of().job())
                .ifPresent(state -> assertThat(needed(state))
                        .as("I9: %s is needed by %s", entry, state)
                        .noneMatch(entry::holds));
    }

    /** What the job would go on from if everything died now. */
    private static List<String> needed(JobState state) {
        List<String> paths = new ArrayList<>();
        state.job().restorePath().ifPresent(paths::add);
        state.live().flatMap(Attempt::restorePath).ifPresent(paths::add);
        state.deployment()
                .filter(open -> open.phase().open())
                .flatMap(Deployment::restorePath)
                .ifPresent(paths::add);
        return paths;
    }

    private void ledger() {
        for (SnapshotEntry entry : store.snapshots.all()) {
            List<Snapshot> there = cluster.snapshots(entry.directory());
            if (entry.origin() == SnapshotEntry.Origin.REQUEST) {
                assertThat(there).as("I5: taken once: %s", entry).hasSizeLessThanOrEqualTo(1);
            }
            boolean gone = entry.taken()
                    .filter(taken -> cluster.lost.contains(taken.path()))
                    .isPresent();
            boolean stray = strays.stream().anyMatch(id -> entry.holds("checkpoints/" + id));
            if (entry.phase() == SnapshotPhase.AVAILABLE && !gone && !stray) {
                assertThat(there)
                        .as("I9: an entry that is available exists: %s", entry)
                        .isNotEmpty();
            }
        }
    }

    /** At the moment of a submission. */
    void submits(Submission submission) {
        Attempt attempt = attempt(submission.id());
        assertThat(attempt.state()).as("I5: intent before effect").isEqualTo(AttemptState.SUBMITTING);
        assertThat(submission.restorePath()).isEqualTo(attempt.restorePath());
        JobState state = store.load(attempt.job()).orElseThrow();
        boolean first = !cluster.accepted.contains(submission);
        if (first && state.spec().mode() == JobMode.STREAMING) {
            notStateless(attempt);
        }
    }

    private void notStateless(Attempt attempt) {
        List<Attempt> all = store.attempts(attempt.job());
        attempt.restorePath()
                .filter(path -> path.startsWith(IMPORTS))
                .ifPresent(path -> assertThat(all.stream()
                                .dropWhile(each -> !each.restorePath().equals(Optional.of(path))))
                        .as("I4: back to an older import: %s", attempt)
                        .allMatch(each -> each.checkpoint().isEmpty()));
        if (all.size() < 2 || mayStartEmpty.contains(attempt.job())) {
            return;
        }
        Attempt before = all.get(all.size() - 2);
        if (before.end().map(Attempt.End::cause).orElseThrow() == EndCause.FINISHED) {
            return;
        }
        long from = attempt.restorePath().map(cluster.saved::get).orElse(0L);
        long saved = store.stops(attempt.job()).stream()
                .filter(stop -> stop.attempt() == before.number())
                .flatMap(stop -> cluster.snapshots(stop.directory()).stream())
                .map(Snapshot::path)
                .map(cluster.saved::get)
                .reduce(0L, Math::max);
        long checkpointed = cluster.left(before.flinkJobId()).stream()
                .map(Snapshot::path)
                .map(cluster.saved::get)
                .reduce(0L, Math::max);
        assertThat(from).as("I4: %s after %s", attempt, before).isGreaterThanOrEqualTo(Math.max(saved, checkpointed));
        long begun = before.restorePath().map(cluster.saved::get).orElse(0L);
        assertThat(from).as("I4: never behind the start of %s", before).isGreaterThanOrEqualTo(begun);
    }

    /** At the moment of a stop or a cancel. */
    void stops(FlinkJobId id) {
        Optional<Attempt> attempt = find(id);
        if (attempt.isPresent() && attempt.get().live()) {
            boolean open = store.stops(attempt.get().job()).stream()
                    .anyMatch(stop -> stop.attempt() == attempt.get().number()
                            && stop.phase().open());
            assertThat(open).as("I5: a recorded stop of %s", attempt).isTrue();
        }
    }

    private Attempt attempt(FlinkJobId id) {
        return find(id).orElseThrow(() -> new AssertionError("I5: no row for " + id));
    }

    private Optional<Attempt> find(FlinkJobId id) {
        return store.page(new JobFilter(Set.of(), Optional.empty(), JobFilter.JobOrder.NAME, 0, 100)).stream()
                .flatMap(listed -> store.attempts(listed.job().id()).stream())
                .filter(attempt -> attempt.flinkJobId().equals(id))
                .findFirst();
    }
}
