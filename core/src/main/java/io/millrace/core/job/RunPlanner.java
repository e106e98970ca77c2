package io.millrace.core.job;

import static io.millrace.core.job.DesiredState.STOPPED;
import static io.millrace.core.job.ObservedState.RESTARTING;
import static io.millrace.core.job.ObservedState.RUNNING;
import static io.millrace.core.job.ObservedState.STARTING;

import io.millrace.core.target.Failure;
import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkStatus;

import java.util.Optional;

/** What to make of an attempt that the cluster shows. */
final class RunPlanner {
    private RunPlanner() {}

    static Step present(JobState state, Sighting seen, Draft draft, Surroundings around) {
        FlinkJob job = seen.job().orElseThrow();
        adopt(seen, draft, around);
        if (runs(state, job)) {
            runs(draft, around);
        }
        if (job.status().terminal()) {
            return draft.then(Act.GATHER);
        }
        boolean replaced = DeploymentPlanner.replaces(state);
        if (replaced && state.deployment().isEmpty()) {
            DeploymentPlanner.begin(draft, around.now());
        }
        if (state.openStop().isPresent()) {
            return StopPlanner.underWay(draft, job, around);
        }
        boolean off = state.job().desired() == STOPPED
                || DeploymentPlanner.leaves(state)
                || (replaced && !DeploymentPlanner.abandoned(draft, around.now()));
        if (off) {
            return StopPlanner.begin(draft, job, around);
        }
        serve(draft);
        observe(state, seen, draft);
        DeploymentPlanner.watch(draft, state.job().observation(), job, around.now());
        boolean prove = state.spec().mode() == JobMode.STREAMING
                && draft.attempt().checkpoint().isEmpty()
                && draft.next().job().observed() == RUNNING;
        boolean ask = prove && DeploymentPlanner.waits(draft.next(), around.now());
        return draft.then(ask ? Act.CHECKPOINT : prove ? Act.PROVE : Act.NONE);
    }

    /** From the first time on, what it began with is the job's state. */
    private static void runs(Draft draft, Surroundings around) {
        if (!draft.attempt().worked()) {
            draft.job(draft.next().job().restoreFrom(draft.attempt().restorePath()));
        }
        draft.attempt(draft.attempt().runs(around.now()));
    }

    /** S4 for an attempt whose answer never came, and for one that an unexpected JobManager shows. */
    private static void adopt(Sighting seen, Draft draft, Surroundings around) {
        Attempt attempt = draft.attempt();
        if (attempt.state() != AttemptState.SUBMITTED) {
            draft.attempt(
                    attempt.submitted(seen.incarnation(), around.now()),
                    EventKind.ATTEMPT_SUBMITTED,
                    "Found on the cluster by its JobID.");
        } else if (!attempt.sent().orElseThrow().incarnation().equals(seen.incarnation())) {
            draft.attempt(attempt.submitted(seen.incarnation(), around.now()));
        }
    }

    /** People wanted it stopped and then running again before the stop began, or it could not be replaced. */
    private static void serve(Draft draft) {
        Wish wish = draft.next().job().wish();
        if (draft.attempt().wish() != wish.number()) {
            draft.attempt(draft.attempt().serves(wish.number()));
        }
    }

    /** S5. */
    private static void observe(JobState state, Sighting seen, Draft draft) {
        FlinkJob job = seen.job().orElseThrow();
        boolean ran = draft.attempt().runningSince().isPresent() || state.job().observed() == RESTARTING;
        if (runs(state, job)) {
            draft.observe(RUNNING, running(draft, job));
        } else if (job.status() == FlinkStatus.RESTARTING || job.status() == FlinkStatus.FAILING) {
            restarts(state, seen.trouble(), draft);
        } else if (seen.trouble().isPresent() && job.status() == FlinkStatus.RUNNING) {
            restarts(state, seen.trouble(), draft);
        } else if (job.status() != FlinkStatus.CANCELLING && job.status() != FlinkStatus.SUSPENDED) {
            draft.observe(ran ? RESTARTING : STARTING, waiting(job));
        }
    }

    /** Between two failures some of its tasks run or wait, too; what it suffers from is still the last failure. */
    private static void restarts(JobState state, Optional<Failure> trouble, Draft draft) {
        String reason =
                "Flink restarts it" + trouble.map(why -> ": " + why.cause()).orElse(".");
        boolean news = !state.job().observation().reason().equals(reason);
        if (state.job().observed() != RESTARTING || (trouble.isPresent() && news)) {
            draft.as(Part.FLINK).observe(RESTARTING, reason).failed(trouble);
        }
    }

    /** A batch job runs its stages one after the other, a streaming job all tasks at once. */
    private static boolean runs(JobState state, FlinkJob job) {
        return job.runsWholly()
                || (state.spec().mode() == JobMode.BATCH
                        && job.status() == FlinkStatus.RUNNING
                        && job.running() + job.finished() > 0);
    }

    private static String running(Draft draft, FlinkJob job) {
        long wanted = draft.next().job().wish().version();
        String tasks = job.tasks() == 1 ? "Its one task runs." : "All " + job.tasks() + " tasks run or are done.";
        return draft.attempt().version() == wanted
                ? tasks
                : tasks + " It runs version " + draft.attempt().version() + ", not " + wanted + "."
                        + draft.next()
                                .deployment()
                                .map(Deployment::outcome)
                                .map(why -> " " + why)
                                .orElse("");
    }

    private static String waiting(FlinkJob job) {
        return job.tasks() == 0
                ? "The cluster prepares it."
                : job.running() + " of " + job.tasks() + " tasks run; the others wait for slots or are being deployed.";
    }
}
