package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.error.MillraceException;
import io.millrace.core.target.FailureKind;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.TargetName;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.core.workspace.WorkspaceRef;
import io.millrace.testkit.Cases;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.Transitions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * People, a server that dies anywhere, and a cluster that loses answers and memory, in one thread from one seed. After
 * each step the invariants hold; when the world calms down, every job is as people want it.
 *
 * <p>To repeat a failure, put its seed into {@link #oneSeed}. More seeds: {@code -Dmillrace.cases=20000}.
 */
class JobSimulation {
    /** Rounds of a second: longer than a version that flaps is borne with. */
    private static final int CALM = 180;

    private static final Transitions<ObservedState> MOVES =
            new Transitions<>(ObservedState.class, ObservedState::canBecome);

    @Test
    void everythingHoldsWhateverDies() {
        Cases.forAll(20_260_601L, 2_000, random -> random, random -> new Life(random).run(150));
    }

    /** Negative controls: a simulation that cannot fail shows nothing. */
    @Test
    void aClusterThatDeniesItsJobsIsCaught() {
        assertThatThrownBy(() -> Cases.forAll(
                        20_260_602L,
                        400,
                        random -> random,
                        random -> new Life(random, cluster -> cluster.denies = true).run(150)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("I1");
    }

    @Test
    void aClusterThatForgetsSnapshotsIsCaught() {
        assertThatThrownBy(() -> Cases.forAll(
                        20_260_603L,
                        400,
                        random -> random,
                        random -> new Life(random, cluster -> cluster.hides = true).run(150)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("I4");
    }

    @Test
    void oneSeed() {
        Cases.one(1L, random -> random, random -> new Life(random).run(300));
    }

    @AfterAll
    static void everyMoveHappened() {
        MOVES.allVisited();
    }

    /** One run. */
    private static final class Life {
        private final Random random;
        private final TestClock clock = new TestClock();
        private final InMemoryJobs store = new InMemoryJobs();
        private final FakeCluster cluster = new FakeCluster();
        private final Invariants invariants = new Invariants(store, cluster, MOVES);
        private final Unreliable world;
        private final List<JobName> names = new ArrayList<>();
        private Server server;

        Life(Random random) {
            this(random, cluster -> {});
        }

        Life(Random random, Consumer<FakeCluster> broken) {
            broken.accept(cluster);
            this.random = random;
            this.world = new Unreliable(store, cluster, random, invariants, clock);
            this.server = new Server();
            for (String name : List.of("one", "two", "batch")) {
                JobSpec spec = Samples.spec(name.equals("batch") ? JobMode.BATCH : JobMode.STREAMING);
                Job job = Job.create(Samples.id(random), WorkspaceRef.DEFAULT, new JobName(name), clock.instant());
                store.create(
                        job,
                        new JobVersion(job.id(), 1, spec, Samples.AUTHOR, "", clock.instant()),
                        JobEvent.of(clock.instant(), EventKind.APPLIED, "made"));
                names.add(job.name());
                List.of("better", "nonsense", "fails", "flaps").forEach(script -> edit(job.id(), script));
            }
        }

        private void edit(JobId id, String script) {
            Job next = store.load(id).orElseThrow().job().edited(clock.instant());
            store.update(
                    next,
                    Optional.of(new JobVersion(
                            id, next.version(), Samples.spec(script), Samples.AUTHOR, "", clock.instant())),
                    JobEvent.of(clock.instant(), EventKind.APPLIED, "edited"));
        }

        /** Mostly one of the two good ones; a batch job stays what it is. */
        private long version(Job job) {
            boolean batch = job.name().value().equals("batch");
            return batch ? 1 : random.nextInt(3) > 0 ? 1 + random.nextInt(2) : 1 + random.nextInt(5);
        }

        /** A server: it knows its lease and otherwise only what it reads. */
        private final class Server {
            final Lease lease = store.leases.takeOver(TargetName.LOCAL, "server");
            final Reconciler reconciler =
                    new Reconciler(world, world, world, "savepoints", clock, () -> Samples.uuid(random));
            final StraySweep sweep = new StraySweep(world, store.proofs, world, clock);
            final SnapshotKeeper keeper = new SnapshotKeeper(world.ledger(), world, world, clock);

            void pass() {
                var overview = world.overview();
                List<Work> all = world.todo(TargetName.LOCAL).jobs();
                for (Work work : all) {
                    reconciler.round(work.job(), lease, overview);
                }
                for (SnapshotEntry entry : store.snapshots.due(TargetName.LOCAL)) {
                    keeper.round(entry.id(), lease, overview);
                }
                keeper.clean(lease, 2, Duration.ofSeconds(20));
                sweep.sweep(lease, overview, all);
            }
        }

        void run(int steps) {
            for (int step = 0; step < steps; step++) {
                step();
                invariants.check();
            }
            calm();
        }

        private void step() {
            world.faulty = true;
            world.deliver();
            switch (random.nextInt(12)) {
                case 0 -> people();
                case 1 -> cluster();
                case 2, 3, 4 -> cluster.tick();
                case 5 -> clock.advance(Duration.ofSeconds(random.nextInt(5)));
                default -> pass();
            }
            clock.advance(Duration.ofMillis(500));
        }

        private void pass() {
            try {
                server.pass();
            } catch (Unreliable.Died e) {
                server = new Server();
            } catch (MillraceException e) {
                clock.advance(Duration.ofSeconds(1));
            }
        }

        private void people() {
            ListedJob listed = store.find(WorkspaceId.DEFAULT, names.get(random.nextInt(names.size())))
                    .orElseThrow();
            Job job = listed.job();
            if (random.nextInt(3) == 0) {
                snapshots(job);
                return;
            }
            Wish wish = random.nextInt(5) < 3
                    ? job.wish().start(version(job), from())
                    : job.wish().stop(random.nextInt(3) > 0);
            invariants.wished(job, wish);
            store.update(
                    job.want(wish, clock.instant()),
                    Optional.empty(),
                    JobEvent.of(clock.instant(), EventKind.START_REQUESTED, wish.toString()));
        }

        private StartFrom from() {
            int what = random.nextInt(16);
            if (what < 2) {
                return StartFrom.EMPTY;
            }
            if (what > 2) {
                return StartFrom.LATEST;
            }
            String path = Invariants.IMPORTS + clock.instant();
            cluster.imported(path, 1);
            return StartFrom.snapshot(path);
        }

        private void snapshots(Job job) {
            JobState state = store.load(job.id()).orElseThrow();
            List<SnapshotEntry> entries = store.snapshots.of(job.id(), SnapshotLedger.EVER, 100);
            if (state.live().isPresent() && random.nextBoolean()) {
                store.snapshots.add(
                        SnapshotEntry.intend(Samples.uuid(random), state, "savepoints", clock.instant()),
                        JobEvent.of(clock.instant(), EventKind.SAVEPOINT_REQUESTED, "asked"));
            } else if (!entries.isEmpty()) {
                UUID id = entries.get(random.nextInt(entries.size())).id();
                if (random.nextInt(4) == 0) {
                    store.snapshots.pin(id, random.nextBoolean());
                } else {
                    store.snapshots.dispose(id, clock.instant());
                }
            }
        }

        private void cluster() {
            store.find(WorkspaceId.DEFAULT, names.get(random.nextInt(names.size())))
                    .filter(listed -> listed.job().observed() == ObservedState.FAILED)
                    .flatMap(listed -> listed.job().restorePath())
                    .ifPresent(cluster::lose);
            List<FlinkJobId> ids = List.copyOf(cluster.runs.keySet());
            if (random.nextInt(6) == 0) {
                cluster.restart(random.nextBoolean());
            } else if (random.nextInt(8) == 0) {
                cluster.reachable = false;
            } else if (random.nextInt(6) == 0) {
                cluster.savepointsFail = !cluster.savepointsFail;
            } else if (random.nextInt(12) == 0) {
                cluster.missing = !cluster.missing;
            } else if (random.nextInt(10) == 0) {
                cluster.jobsFail = !cluster.jobsFail;
            } else if (random.nextInt(8) == 0) {
                cluster.lose("");
            } else if (!ids.isEmpty()) {
                FlinkJobId id = ids.get(random.nextInt(ids.size()));
                switch (random.nextInt(8)) {
                    case 0 -> cluster.end(id, FlinkStatus.FAILED);
                    case 1 -> cluster.end(id, FlinkStatus.CANCELED);
                    case 2 -> finish(id);
                    case 3 -> restartTasks(id);
                    case 4, 5 -> fail(id);
                    default -> cluster.checkpoint(id);
                }
            }
        }

        private void fail(FlinkJobId id) {
            FailureKind[] kinds = FailureKind.values();
            cluster.fail(id, FakeCluster.failure(kinds[random.nextInt(kinds.length)]));
        }

        private void finish(FlinkJobId id) {
            if (cluster.runs.get(id).status == FlinkStatus.RUNNING) {
                cluster.end(id, FlinkStatus.FINISHED);
            }
        }

        private void restartTasks(FlinkJobId id) {
            FakeCluster.Run run = cluster.runs.get(id);
            if (run.status == FlinkStatus.RUNNING) {
                run.status = FlinkStatus.RESTARTING;
            }
        }

        /** Nothing fails any more: every job gets where people want it. */
        private void calm() {
            world.faulty = false;
            cluster.reachable = true;
            cluster.savepointsFail = false;
            cluster.jobsFail = false;
            cluster.missing = false;
            for (int i = 0; i < CALM && !calmed(); i++) {
                world.deliver();
                pass();
                cluster.tick();
                cluster.runs.keySet().forEach(cluster::checkpoint);
                clock.advance(Duration.ofSeconds(names.stream().anyMatch(this::waits) ? 20 : 1));
                invariants.check();
            }
            assertThat(invariants.noStrays()).as("I3: no strays").isTrue();
            assertThat(store.snapshots.all()).noneMatch(entry -> entry.phase().open());
            for (JobName name : names) {
                assertThat(settled(name)).as("I2: %s", state(name)).isTrue();
            }
        }

        /** What is missing may come: such a job waits for minutes. */
        private boolean waits(JobName name) {
            return state(name).job().patience().waits(clock.instant().plusSeconds(20));
        }

        private boolean calmed() {
            return !world.delivers()
                    && invariants.noStrays()
                    && store.snapshots.all().stream()
                            .noneMatch(entry -> entry.phase().open())
                    && names.stream().allMatch(this::settled);
        }

        private JobState state(JobName name) {
            return store.load(store.find(WorkspaceId.DEFAULT, name)
                            .orElseThrow()
                            .job()
                            .id())
                    .orElseThrow();
        }

        /** A job that Flink restarts all the time runs now and then, and can be saved just as rarely. */
        private boolean settled(JobName name) {
            JobState state = state(name);
            ObservedState observed = state.job().observed();
            boolean open = state.deployment()
                    .filter(deployment -> deployment.phase().open())
                    .isPresent();
            boolean flaps = state.spec().script().contains("flaps") && !open;
            boolean asks = observed == ObservedState.NEEDS_DECISION;
            boolean runs = state.job().desired() == DesiredState.RUNNING
                    && (asks || (observed == ObservedState.RUNNING && !open));
            return state.atRest() || flaps || runs;
        }
    }
}
