package io.millrace.server.checkpoint;

import io.millrace.api.job.CheckpointKind;
import io.millrace.api.job.CheckpointProgress;
import io.millrace.api.job.CheckpointRequestView;
import io.millrace.core.access.Privilege;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.job.Attempt;
import io.millrace.core.job.Author;
import io.millrace.core.job.CheckpointPlan;
import io.millrace.core.job.CheckpointPlans;
import io.millrace.core.job.CheckpointScheduler;
import io.millrace.core.job.EventKind;
import io.millrace.core.job.JobEvent;
import io.millrace.core.job.JobObjects;
import io.millrace.core.job.JobPath;
import io.millrace.core.job.JobSpec;
import io.millrace.core.job.ListedJob;
import io.millrace.core.job.ObservedState;
import io.millrace.core.target.TargetName;
import io.millrace.server.access.Guard;
import io.millrace.server.job.JobService;
import io.millrace.server.target.FlinkCheckpoints;
import io.millrace.server.target.FlinkCheckpoints.History;
import io.millrace.server.target.Target;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Use cases on the checkpoints of one job. Whoever may see the job sees them; whoever may operate it steers them. */
final class CheckpointService {
    private final JobService jobs;
    private final CheckpointPlans plans;
    private final Map<TargetName, Target> targets;
    private final Guard guard;
    private final Supplier<Author> author;
    private final Clock clock;

    CheckpointService(
            JobService jobs,
            CheckpointPlans plans,
            Map<TargetName, Target> targets,
            Guard guard,
            Supplier<Author> author,
            Clock clock) {
        this.jobs = jobs;
        this.plans = plans;
        this.targets = Map.copyOf(targets);
        this.guard = guard;
        this.author = author;
        this.clock = clock;
    }

    /** How they are timed, and what Flink remembers of the live attempt. */
    record Listed(JobSpec spec, Duration interval, Optional<CheckpointPlan> plan, History history) {}

    private record Found(ListedJob listed, JobSpec spec) {
        Optional<Attempt> live() {
            return listed.attempt().filter(Attempt::live);
        }

        String name() {
            return listed.job().name().value();
        }
    }

    Listed list(JobPath path) {
        return list(streaming(path));
    }

    private Listed list(Found found) {
        Optional<CheckpointPlan> plan = plans.find(found.listed().job().id())
                .filter(changed -> found.spec().scheduler() == CheckpointScheduler.SERVER);
        Duration interval = plan.flatMap(CheckpointPlan::interval)
                .or(found.spec()::checkpoint)
                .orElseThrow();
        History history = found.live()
                .map(attempt -> checkpoints(found).history(attempt.flinkJobId()))
                .orElse(History.NONE);
        return new Listed(found.spec(), interval, plan, history);
    }

    /** Asks for one now. It begins when those under way have ended. */
    CheckpointRequestView trigger(JobPath path, CheckpointKind kind) {
        Found found = streaming(path);
        guard.require(Privilege.OPERATE, JobObjects.of(found.listed().job()));
        Attempt attempt = found.live()
                .filter(live -> found.listed().job().observed() == ObservedState.RUNNING)
                .orElseThrow(
                        () -> notRunning(found, "is " + found.listed().job().observed()));
        String id = UUID.randomUUID().toString().replace("-", "");
        if (!checkpoints(found).trigger(attempt.flinkJobId(), kind, id)) {
            throw notRunning(found, "cannot make one at the moment: not all of its tasks run");
        }
        plans.note(found.listed().job().id(), event(EventKind.CHECKPOINT_REQUESTED, "asked for a checkpoint."));
        return new CheckpointRequestView(id, CheckpointProgress.IN_PROGRESS, null, null);
    }

    /** What became of it. */
    CheckpointRequestView request(JobPath path, String id) {
        Found found = streaming(path);
        return found.live()
                .map(attempt -> checkpoints(found).request(attempt.flinkJobId(), id))
                .orElseGet(() -> new CheckpointRequestView(id, CheckpointProgress.UNKNOWN, null, null));
    }

    Listed start(JobPath path) {
        return change(
                path,
                EventKind.CHECKPOINT_SCHEDULER_STARTED,
                "started the checkpoint scheduler.",
                (old, now) -> new CheckpointPlan(true, old.interval(), old.minPause(), name(), now));
    }

    Listed stop(JobPath path) {
        return change(
                path,
                EventKind.CHECKPOINT_SCHEDULER_STOPPED,
                "stopped the checkpoint scheduler; Flink's safety net stays.",
                (old, now) -> new CheckpointPlan(false, old.interval(), old.minPause(), name(), now));
    }

    /** An interval beyond the safety net would not hold: Flink makes checkpoints then. */
    Listed configure(JobPath path, Optional<Duration> interval, Duration minPause) {
        Found found = streaming(path);
        Duration net = CheckpointScheduler.safetyNet(found.spec().checkpoint().orElseThrow());
        interval.filter(every -> every.compareTo(net) > 0).ifPresent(every -> {
            String message = "The safety net of job '" + found.name() + "' makes a checkpoint after " + net
                    + " without one, so " + every + " is too long.";
            String hint = "For more, write a longer time between checkpoints into the job and deploy it.";
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID, message, List.of(Flaw.at("/interval", message, hint)));
        });
        String what = "set the time between checkpoints to "
                + interval.map(Duration::toString).orElse("what the version says") + ", the least pause to " + minPause
                + ".";
        return change(
                path,
                EventKind.CHECKPOINT_CONFIG_CHANGED,
                what,
                (old, now) -> new CheckpointPlan(old.running(), interval, minPause, name(), now));
    }

    private interface Change {
        CheckpointPlan of(CheckpointPlan old, Instant now);
    }

    private Listed change(JobPath path, EventKind kind, String what, Change change) {
        Found found = streaming(path);
        guard.require(Privilege.OPERATE, JobObjects.of(found.listed().job()));
        if (found.spec().scheduler() == CheckpointScheduler.FLINK) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINTS_TIMED_BY_FLINK,
                    "Flink times the checkpoints of job '" + found.name()
                            + "' as it was submitted. To change that while it runs, write checkpoint-scheduler: server"
                            + " into the job and deploy it.");
        }
        Instant now = clock.instant();
        CheckpointPlan old = plans.find(found.listed().job().id()).orElseGet(() -> CheckpointPlan.unchanged(now));
        plans.put(found.listed().job().id(), change.of(old, now), event(kind, what));
        return list(found);
    }

    private JobEvent event(EventKind kind, String what) {
        return JobEvent.of(clock.instant(), kind, name() + " " + what).by(name());
    }

    private String name() {
        return author.get().name();
    }

    /** With what its live attempt runs, or the next one would. */
    private Found streaming(JobPath path) {
        ListedJob listed = jobs.get(path);
        JobSpec spec = listed.attempt()
                .filter(Attempt::live)
                .map(live -> jobs.versions(path, live.version() + 1, 1).get(0).spec())
                .orElse(listed.newest());
        if (spec.checkpoint().isEmpty()) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "Job '" + path.name() + "' is a batch job: it takes no checkpoints.",
                    List.of(Flaw.at("/job", "a batch job")));
        }
        return new Found(listed, spec);
    }

    private FlinkCheckpoints checkpoints(Found found) {
        Target target = targets.get(found.spec().target());
        if (target == null) {
            throw new MillraceException(
                    ErrorCode.TARGET_NOT_FOUND,
                    "There is no target '" + found.spec().target() + "' any more.");
        }
        return target.checkpointing();
    }

    private static MillraceException notRunning(Found found, String why) {
        return new MillraceException(
                ErrorCode.JOB_NOT_RUNNING, "A checkpoint needs a running job; '" + found.name() + "' " + why + ".");
    }
}
