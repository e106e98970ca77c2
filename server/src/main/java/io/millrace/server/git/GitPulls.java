package io.millrace.server.git;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.connection.StoredSecret;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.git.GitBinding;
import io.millrace.core.git.GitCommit;
import io.millrace.core.git.GitSource;
import io.millrace.core.git.Pull;
import io.millrace.core.git.PullState;
import io.millrace.core.git.PulledJob;
import io.millrace.core.job.Author;
import io.millrace.core.job.Job;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.server.access.Actors;
import io.millrace.server.access.Guard;
import io.millrace.server.job.JobBatch;
import io.millrace.server.job.JobBatches;
import io.millrace.server.secret.SecretBox;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes pulls, one at a time for each workspace. Everything that a commit says is checked before anything is written, and
 * what is written is so in one transaction with the outcome; so a pull that is cut off has changed nothing.
 */
final class GitPulls implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GitPulls.class);

    /** Longer than any step between two renewals takes, but for reading a commit. */
    private static final Duration HOLD = Duration.ofMinutes(5);

    /** An answer comes before proxies and clients lose patience. */
    private static final Duration ANSWER_AFTER = Duration.ofSeconds(20);

    private static final int THREADS = 2;
    private static final int TRIES = 3;

    private final SqlGitStore store;
    private final SqlPullStore pulls;
    private final GitRemote remote;
    private final JobBatches batches;
    private final Actors actors;
    private final SecretBox secrets;
    private final Clock clock;
    private final Duration hold;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "git-pull");
        thread.setDaemon(true);
        return thread;
    });

    GitPulls(
            SqlGitStore store,
            SqlPullStore pulls,
            GitRemote remote,
            JobBatches batches,
            Actors actors,
            SecretBox secrets,
            Clock clock) {
        this.store = store;
        this.pulls = pulls;
        this.remote = remote;
        this.batches = batches;
        this.actors = actors;
        this.secrets = secrets;
        this.clock = clock;
        this.hold = HOLD.plus(remote.longest());
    }

    /**
     * What is asked of a pull.
     *
     * @param by who asks; empty when it is time
     */
    record Ask(Optional<String> by, boolean dryRun, boolean takeOver) {
        static final Ask ITS_TIME = new Ask(Optional.empty(), false, false);
    }

    /** Fails unless the repository answers and has the branch. */
    void check(GitBinding binding) {
        remote.head(binding.source(), opened(binding));
    }

    /** Begins a pull and answers its number, when it has ended or takes long. */
    long ask(GitBinding binding, Ask ask) {
        SqlPullStore.Held held = pulls.hold(binding, hold, false)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.GIT_PULL_RUNNING,
                        "A pull of workspace '" + binding.workspace().name()
                                + "' is on its way; `millrace workspace git history` says how it ends."));
        long number = pulls.begin(held, ask.by(), ask.dryRun(), clock.instant());
        Future<?> end = threads.submit(() -> run(held, number, binding, ask));
        try {
            end.get(ANSWER_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debugf("Pull %d takes long.", number);
        } catch (ExecutionException e) {
            throw new IllegalStateException("pull " + number, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return number;
    }

    /** Looks whether there is a new commit, if it is time and nobody else does; pulls it if there is. */
    void look(WorkspaceId workspace) {
        Optional<GitBinding> found = store.find(workspace);
        Optional<SqlPullStore.Held> held = found.flatMap(binding -> pulls.hold(binding, hold, true));
        if (held.isEmpty()) {
            return;
        }
        GitBinding binding = found.orElseThrow();
        if (isNew(binding)) {
            long number = pulls.begin(held.get(), Optional.empty(), false, clock.instant());
            run(held.get(), number, binding, Ask.ITS_TIME);
        } else {
            pulls.release(held.get());
        }
    }

    private boolean isNew(GitBinding binding) {
        try {
            acting(binding);
            return !remote.head(binding.source(), opened(binding)).equals(binding.pulledCommit());
        } catch (MillraceException e) {
            // The pull says it, in the history.
            return true;
        }
    }

    private void run(SqlPullStore.Held held, long number, GitBinding binding, Ask ask) {
        var work = new Work(held, number, binding, ask);
        try {
            work.run();
        } catch (MillraceException e) {
            LOG.infof(
                    "Pull %d of workspace %s failed: %s",
                    number, binding.workspace().name(), e.getMessage());
            work.end(
                    PullState.FAILED,
                    new Pull.Outcome(
                            Optional.of(e.code()), GitViews.field(e), GitViews.sentence(e), List.of(), List.of()));
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "Pull %d of workspace %s failed.",
                    number,
                    binding.workspace().name());
            String reason = "Something went wrong inside Millrace; the server's log has it under pull " + number + ".";
            work.end(
                    PullState.FAILED,
                    new Pull.Outcome(
                            Optional.of(ErrorCode.INTERNAL_ERROR), Optional.empty(), reason, List.of(), List.of()));
        } finally {
            pulls.release(held);
        }
    }

    /** Who set the binding, with the rights that are left. */
    private JobBatch acting(GitBinding binding) {
        Author author = binding.actsAs();
        Guard guard = actors.guard(author.id(), author.name());
        if (binding.usesTheHost()) {
            guard.require(Privilege.CREATE, Securable.SERVER);
        }
        return batches.by(author);
    }

    private Map<String, String> opened(GitBinding binding) {
        Map<String, String> all = new HashMap<>();
        for (Map.Entry<String, StoredSecret> each : binding.secrets().entrySet()) {
            if (binding.source().secrets().contains(each.getKey())) {
                all.put(each.getKey(), secrets.open(binding.id(), each.getKey(), each.getValue()));
            }
        }
        return all;
    }

    /** Pulls that run go on until the process ends; what is not written then is not. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** One pull. */
    private final class Work {
        private final SqlPullStore.Held held;
        private final long number;
        private final GitBinding binding;
        private final Ask ask;
        private Optional<GitCommit> commit = Optional.empty();

        Work(SqlPullStore.Held held, long number, GitBinding binding, Ask ask) {
            this.held = held;
            this.number = number;
            this.binding = binding;
            this.ask = ask;
        }

        void run() {
            JobBatch batch = acting(binding);
            GitSource source = binding.source();
            GitFiles files = remote.read(source, opened(binding));
            commit = Optional.of(files.commit());
            for (int attempt = 0; attempt < TRIES; attempt++) {
                var bound = store.jobs(binding.workspace().id());
                PullPlan plan = new PullPlan(binding, batch, bound, ask.takeOver()).of(files, this::stillMine);
                if (!plan.problems().isEmpty()) {
                    end(PullState.REFUSED, refused(plan));
                    return;
                }
                if (ask.dryRun()) {
                    end(PullState.PLANNED, outcome("Nothing is wrong, and nothing was changed.", plan.jobs(true)));
                    return;
                }
                if (written(batch, plan)) {
                    return;
                }
            }
            end(PullState.INTERRUPTED, outcome("Somebody changed the jobs meanwhile; nothing was changed.", List.of()));
        }

        /** All of it, with the outcome, or nothing. */
        private boolean written(JobBatch batch, PullPlan plan) {
            List<JobBatch.Planned> all =
                    plan.entries().stream().map(PullPlan.Entry::planned).toList();
            return batch.write(all, jobs -> {
                if (!pulls.counts(held)) {
                    throw lost();
                }
                String id = commit.orElseThrow().id();
                store.bind(binding.workspace().id(), id, plan.bound(jobs, id));
                return pulls.end(
                        number,
                        plan.changesNothing() ? PullState.UNCHANGED : PullState.APPLIED,
                        commit,
                        outcome(sentence(plan), numbered(plan, jobs)),
                        clock.instant());
            });
        }

        private String sentence(PullPlan plan) {
            if (plan.changesNothing()) {
                return "The jobs are what the commit says already.";
            }
            return "Written: a job that runs goes on with its version until it is deployed.";
        }

        /** With the versions that are there now. */
        private List<PulledJob> numbered(PullPlan plan, List<Job> jobs) {
            Map<String, Long> versions = new HashMap<>();
            jobs.forEach(job -> versions.put(job.name().value(), job.version()));
            return plan.jobs(false).stream()
                    .map(each -> new PulledJob(
                            each.name(),
                            each.file(),
                            each.fate(),
                            versions.getOrDefault(each.name(), each.version()),
                            "",
                            each.note()))
                    .toList();
        }

        private Pull.Outcome refused(PullPlan plan) {
            int count = plan.problems().size();
            String more = count > PullPlan.MOST_PROBLEMS ? " The first " + PullPlan.MOST_PROBLEMS + " are told." : "";
            String reason =
                    "Nothing was changed: the commit has " + (count == 1 ? "a problem." : count + " problems.") + more;
            return new Pull.Outcome(
                    Optional.of(ErrorCode.GIT_COMMIT_INVALID),
                    Optional.empty(),
                    reason,
                    plan.problems().subList(0, Math.min(count, PullPlan.MOST_PROBLEMS)),
                    List.of());
        }

        private void stillMine() {
            if (!pulls.renew(held, hold)) {
                throw lost();
            }
        }

        private MillraceException lost() {
            return new MillraceException(
                    ErrorCode.STALE_VERSION, "The binding changed, or another server pulls; nothing was changed.");
        }

        private Pull.Outcome outcome(String reason, List<PulledJob> jobs) {
            return new Pull.Outcome(Optional.empty(), Optional.empty(), reason, List.of(), jobs);
        }

        void end(PullState state, Pull.Outcome outcome) {
            if (pulls.end(number, state, commit, outcome, clock.instant()) && state.bad()) {
                pulls.forgetRepeated(number, clock.instant());
            }
        }
    }
}
