package io.millrace.core.job;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.target.Archived;
import io.millrace.core.target.Contents;
import io.millrace.core.target.Failure;
import io.millrace.core.target.FailureKind;
import io.millrace.core.target.FlinkCluster;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.JobSubmitter;
import io.millrace.core.target.Overview;
import io.millrace.core.target.Sight;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.StopAnswer;
import io.millrace.core.target.Submission;
import io.millrace.core.target.SubmitAnswer;
import io.millrace.core.target.Trial;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A Flink session cluster without high availability, as far as the protocol can see: takes a JobID once per
 * JobManager, forgets everything with it, keeps snapshots. {@code progress} counts what a job has worked, so that
 * tests can see what a restart would lose.
 *
 * <p>A script that says {@code nonsense} is refused, one that {@code fails} fails, one that {@code flaps} is restarted
 * by Flink again and again.
 */
public final class FakeCluster implements FlinkCluster, JobSubmitter {
    /** One Flink job. */
    static final class Run {
        final Submission submission;
        FlinkStatus status = FlinkStatus.CREATED;
        long progress;
        long checkpointId;
        Optional<Failure> failure = Optional.empty();

        /** Flink says that it runs, but none of its tasks does. */
        boolean deploying;

        Run(Submission submission, long progress) {
            this.submission = submission;
            this.progress = progress;
        }
    }

    private record Stop(FlinkJobId job, String directory, boolean ends, StopAnswer answer) {}

    final Map<FlinkJobId, Run> runs = new LinkedHashMap<>();
    final List<Submission> accepted = new ArrayList<>();
    final Map<String, Long> saved = new LinkedHashMap<>();
    final Set<String> lost = new HashSet<>();

    /** Requests for checkpoints. */
    final Set<String> asked = new HashSet<>();

    private final Map<String, Snapshot> disk = new LinkedHashMap<>();
    private final Map<FlinkJobId, FlinkStatus> archive = new LinkedHashMap<>();
    private final Map<String, Stop> triggers = new LinkedHashMap<>();
    private int incarnation = 1;
    boolean reachable = true;
    boolean savepointsFail;
    boolean swallowsAnswer;
    boolean jobsFail;

    /** A table of every script is gone. */
    boolean missing;

    /** New jobs get no slots. */
    boolean starves;

    /** Checkpoints that are asked for fail. */
    boolean declines;

    /** The cluster restores what it is told to. */
    boolean restores = true;

    int slots = 16;

    /** A broken cluster: says that it does not know what it runs. */
    boolean denies;

    /** The checkpoints of jobs that finished are still there for a while. */
    boolean deletesLate;

    /** A broken cluster: does not show the checkpoints of jobs that are over. */
    boolean hides;

    private void answer() {
        if (!reachable) {
            throw new MillraceException(ErrorCode.CLUSTER_UNAVAILABLE, "no answer");
        }
    }

    @Override
    public SubmitAnswer submit(Submission submission) {
        if (!reachable) {
            return new SubmitAnswer(SubmitAnswer.Verdict.UNKNOWN, "no answer");
        }
        if (runs.containsKey(submission.id())) {
            return new SubmitAnswer(SubmitAnswer.Verdict.DUPLICATE, "already submitted");
        }
        if (missing) {
            return new SubmitAnswer(SubmitAnswer.Verdict.REJECTED, "Line 2: Table 'a.b.c' does not exist.");
        }
        if (submission.script().contains("nonsense")) {
            return new SubmitAnswer(SubmitAnswer.Verdict.REJECTED, "Encountered \"nonsense\".");
        }
        if (submission.restorePath().isPresent()
                && !disk.containsKey(submission.restorePath().get())) {
            return new SubmitAnswer(SubmitAnswer.Verdict.REJECTED, "cannot restore");
        }
        long from = submission.restorePath().map(saved::get).orElse(0L);
        runs.put(submission.id(), new Run(submission, from));
        accepted.add(submission);
        if (swallowsAnswer) {
            return new SubmitAnswer(SubmitAnswer.Verdict.UNKNOWN, "the answer was lost");
        }
        return new SubmitAnswer(SubmitAnswer.Verdict.ACCEPTED, "");
    }

    @Override
    public SubmitAnswer prove(Trial trial) {
        return trial.job().script().contains("misfits")
                ? new SubmitAnswer(SubmitAnswer.Verdict.REJECTED, "It has operators that this script does not have.")
                : submit(trial.job());
    }

    @Override
    public Optional<String> restored(FlinkJobId job) {
        return Optional.ofNullable(runs.get(job)).filter(run -> restores).flatMap(run -> run.submission.restorePath());
    }

    /** Every job goes a little on. */
    void tick() {
        for (Map.Entry<FlinkJobId, Run> entry : runs.entrySet()) {
            Run run = entry.getValue();
            switch (run.status) {
                case INITIALIZING, CREATED, RESTARTING, FAILING, RECONCILING ->
                    run.status = starves ? run.status : FlinkStatus.RUNNING;
                case RUNNING -> work(entry.getKey(), run);
                case CANCELLING -> end(entry.getKey(), FlinkStatus.CANCELED);
                case FAILED, CANCELED, FINISHED, SUSPENDED -> {}
            }
        }
        triggers.replaceAll(
                (id, stop) -> stop.answer().progress() == StopAnswer.Progress.IN_PROGRESS ? complete(stop) : stop);
    }

    private void work(FlinkJobId id, Run run) {
        run.progress++;
        if (run.submission.script().contains("flaps")) {
            run.failure = Optional.of(failure(FailureKind.UNKNOWN));
            run.status = FlinkStatus.RESTARTING;
        } else if (jobsFail || run.submission.script().contains("fails")) {
            fail(id, failure(FailureKind.UNKNOWN));
        }
    }

    private Stop complete(Stop stop) {
        Run run = runs.get(stop.job());
        if (run == null || run.status != FlinkStatus.RUNNING || savepointsFail) {
            return new Stop(
                    stop.job(),
                    stop.directory(),
                    stop.ends(),
                    new StopAnswer(StopAnswer.Progress.FAILED, "not all tasks run"));
        }
        String path = stop.directory() + "/savepoint-" + (disk.size() + 1);
        write(path, run);
        if (stop.ends()) {
            end(stop.job(), FlinkStatus.FINISHED);
        }
        return new Stop(stop.job(), stop.directory(), stop.ends(), new StopAnswer(StopAnswer.Progress.COMPLETED, path));
    }

    private void write(String path, Run run) {
        disk.put(path, new Snapshot(path, ++run.checkpointId));
        saved.put(path, run.progress);
    }

    /** A savepoint of another job is there. */
    void imported(String path, long progress) {
        disk.put(path, new Snapshot(path, 0));
        saved.put(path, progress);
    }

    void checkpoint(FlinkJobId id) {
        Run run = runs.get(id);
        if (run != null && run.status == FlinkStatus.RUNNING) {
            disk.keySet().removeIf(path -> path.startsWith("checkpoints/" + id));
            write("checkpoints/" + id + "/chk-" + run.checkpointId, run);
        }
    }

    void end(FlinkJobId id, FlinkStatus how) {
        Run run = runs.get(id);
        if (run != null && !run.status.terminal()) {
            run.status = how;
            archive.put(id, how);
            if (how == FlinkStatus.FINISHED && !deletesLate) {
                disk.keySet().removeIf(path -> path.startsWith("checkpoints/" + id));
            }
        }
    }

    /** The JobManager dies and comes back, and with it all that it ran. */
    void restart(boolean archiveLost) {
        incarnation++;
        runs.clear();
        triggers.clear();
        if (archiveLost) {
            archive.clear();
        }
    }

    @Override
    public Overview overview() {
        answer();
        Map<FlinkJobId, FlinkJob> jobs = new LinkedHashMap<>();
        if (!denies) {
            runs.keySet().forEach(id -> jobs.put(id, shown(id).orElseThrow()));
        }
        return new Overview("jm-" + incarnation, "2.3.0", slots, slots - runs.size(), jobs);
    }

    private Optional<FlinkJob> shown(FlinkJobId id) {
        return Optional.ofNullable(runs.get(id))
                .map(run -> new FlinkJob(
                        id,
                        run.submission.name(),
                        run.status,
                        2,
                        run.status == FlinkStatus.RUNNING && !run.deploying ? 2 : 0,
                        0));
    }

    @Override
    public Sight find(FlinkJobId job) {
        answer();
        return new Sight(denies ? Optional.empty() : shown(job), "jm-" + (denies ? 0 : incarnation));
    }

    @Override
    public void stop(FlinkJobId job, String triggerId, String directory) {
        trigger(job, triggerId, directory, true);
    }

    @Override
    public void savepoint(FlinkJobId job, String triggerId, String directory) {
        trigger(job, triggerId, directory, false);
    }

    @Override
    public void checkpoint(FlinkJobId job, String triggerId) {
        answer();
        if (asked.add(triggerId) && !declines) {
            checkpoint(job);
        }
    }

    private void trigger(FlinkJobId job, String triggerId, String directory, boolean ends) {
        answer();
        var begun = new StopAnswer(StopAnswer.Progress.IN_PROGRESS, "");
        triggers.putIfAbsent(triggerId, new Stop(job, directory, ends, begun));
    }

    @Override
    public StopAnswer stopAnswer(FlinkJobId job, String triggerId) {
        answer();
        return Optional.ofNullable(triggers.get(triggerId))
                .map(Stop::answer)
                .orElse(new StopAnswer(StopAnswer.Progress.UNKNOWN, ""));
    }

    @Override
    public void cancel(FlinkJobId job) {
        answer();
        Run run = runs.get(job);
        if (run != null && !run.status.terminal()) {
            run.status = FlinkStatus.CANCELLING;
        }
    }

    @Override
    public Optional<Failure> failure(FlinkJobId job) {
        answer();
        return Optional.ofNullable(runs.get(job)).flatMap(run -> run.failure);
    }

    /** The job fails for good. */
    void fail(FlinkJobId id, Failure why) {
        runs.get(id).failure = Optional.of(why);
        end(id, FlinkStatus.FAILED);
    }

    /** Flink has given an attempt up because of what one sees of such a failure. */
    static Failure failure(FailureKind kind) {
        return new Failure(kind, "A failure of kind " + kind + ".", "an exception", Instant.EPOCH, Optional.empty());
    }

    @Override
    public Optional<Archived> archived(FlinkJobId job) {
        return Optional.ofNullable(archive.get(job)).map(status -> new Archived(status, Optional.empty()));
    }

    @Override
    public List<Snapshot> snapshots(String location) {
        return disk.values().stream()
                .filter(snapshot -> (snapshot.path() + "/").startsWith(location.isEmpty() ? "" : location + "/"))
                .toList();
    }

    @Override
    public List<Snapshot> checkpoints(FlinkJobId job) {
        boolean there = Optional.ofNullable(runs.get(job))
                .map(run -> !run.status.terminal())
                .orElse(false);
        return hides && !there ? List.of() : left(job);
    }

    /** What is left of a job, whatever the cluster says. */
    List<Snapshot> left(FlinkJobId job) {
        return snapshots("checkpoints/" + job);
    }

    @Override
    public Optional<Contents> contents(String directory) {
        long files = disk.keySet().stream()
                .filter(path -> path.startsWith(directory + "/"))
                .count();
        return files == 0 ? Optional.empty() : Optional.of(new Contents(files, files));
    }

    @Override
    public void delete(String directory) {
        disk.keySet().removeIf(path -> path.startsWith(directory + "/"));
    }

    @Override
    public OptionalInt format(String location) {
        return disk.containsKey(location) ? OptionalInt.of(1) : OptionalInt.empty();
    }

    @Override
    public int newestFormat() {
        return 1;
    }

    @Override
    public List<String> folders() {
        return List.copyOf(disk.keySet());
    }

    /** Somebody removes what a job would go on from. */
    void lose(String location) {
        snapshots(location).forEach(snapshot -> lost.add(snapshot.path()));
        disk.keySet().removeIf(path -> path.startsWith(location));
    }
}
