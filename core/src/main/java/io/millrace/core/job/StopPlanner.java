package io.millrace.core.job;

import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.Snapshot;
import io.millrace.core.target.StopAnswer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a job is stopped once, with a savepoint that is found again whatever is lost.
 *
 * <pre>
 * record the operation with its own trigger id and directory (INTENT)
 * read the directory; no savepoint there → send the stop, record REQUESTED
 * ask what became of it, read the directory, look at the job:
 *     savepoint, job over      → DONE; the next start goes on from it
 *     savepoint, job runs      → keep it; the stop is tried again as another operation
 *     none, job over           → DONE or FAILED by what the job's end says
 *     none, job runs           → under way, or FAILED: tried again as another operation
 *     no answer                → the operation stays open, nothing is started
 * </pre>
 */
final class StopPlanner {
    /** After a failed stop. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** How long a job may take to end after its savepoint is complete, or to notice that it is cancelled. */
    private static final Duration TO_END = Duration.ofSeconds(30);

    private StopPlanner() {}

    static Step begin(Draft draft, FlinkJob job, Surroundings around) {
        JobState state = draft.next();
        if (job.status() == FlinkStatus.CANCELLING) {
            return draft.then(Act.NONE);
        }
        Wish wish = state.job().wish();
        Optional<StopOperation> failed = state.stop().filter(last -> last.wish() == wish.number());
        if (failed.isPresent() && failed.get().changedAt().plus(AGAIN).isAfter(around.now())) {
            return draft.observe(
                            job.runsWholly() ? ObservedState.RUNNING : ObservedState.RESTARTING,
                            state.job().observation().reason())
                    .then(Act.NONE);
        }
        Attempt attempt = draft.attempt();
        boolean stateful = state.spec().mode() == JobMode.STREAMING;
        boolean worked = attempt.runningSince().isPresent();
        boolean replaced = wish.state() == DesiredState.RUNNING;
        boolean savable = replaced ? worked && job.runsWholly() && !DeploymentPlanner.leaves(state) : worked;
        StopKind kind = wish.savepoint() && stateful && savable ? StopKind.SAVEPOINT : StopKind.CANCEL;
        String why = kind == StopKind.SAVEPOINT ? "Stopping with a savepoint." : cancelling(stateful, worked, wish);
        return draft.stop(
                        StopOperation.intend(around.fresh(), attempt, wish, kind, around.savepoints(), around.now()),
                        EventKind.STOP_STARTED,
                        why)
                .observe(ObservedState.STOPPING, why)
                .then(Act.NONE);
    }

    private static String cancelling(boolean stateful, boolean worked, Wish wish) {
        if (!stateful) {
            return "Cancelling it.";
        }
        if (wish.savepoint() && !worked) {
            return "Cancelling it: it has not begun to work, so there is nothing to save.";
        }
        return wish.state() == DesiredState.RUNNING
                ? "Cancelling it, because not all of it runs; its last checkpoint is kept."
                : "Cancelling it without a savepoint; its last checkpoint is kept.";
    }

    /** The operation is open and the job runs. */
    static Step underWay(Draft draft, FlinkJob job, Surroundings around) {
        StopOperation open = draft.next().openStop().orElseThrow();
        Wish wish = draft.next().job().wish();
        boolean superseded = open.kind() == StopKind.SAVEPOINT && open.wish() != wish.number() && !wish.savepoint();
        if (superseded) {
            return failed(draft, "People want it stopped without a savepoint.");
        }
        boolean late = open.changedAt().plus(TO_END).isBefore(around.now());
        if (open.kind() == StopKind.SAVEPOINT && open.savepoint().isPresent()) {
            return late ? failed(draft, "The savepoint is complete, but the job goes on.") : draft.then(Act.NONE);
        }
        return switch (open.phase()) {
            case INTENT -> draft.then(Act.STOP);
            case REQUESTED ->
                open.kind() == StopKind.SAVEPOINT
                        ? draft.then(Act.POLL_STOP)
                        : draft.then(late && job.status() != FlinkStatus.CANCELLING ? Act.STOP : Act.NONE);
            case DONE, FAILED -> throw new IllegalStateException("a closed operation is not open");
        };
    }

    /** The stop was sent, now or before a crash. */
    static Step sent(JobState state, Surroundings around) {
        Draft draft = new Draft(state, around.now());
        StopOperation open = state.openStop().orElseThrow();
        if (open.phase() == StopPhase.REQUESTED) {
            return draft.then(Act.NONE);
        }
        String what = "The cluster took the request.";
        return draft.stop(open.become(StopPhase.REQUESTED, "", around.now()), EventKind.STOP_SENT, what)
                .then(Act.NONE);
    }

    /** {@code there} is what lies in the operation's directory; it counts more than what the cluster says. */
    static Step answered(JobState state, StopAnswer answer, List<Snapshot> there, Surroundings around) {
        Draft draft = new Draft(state, around.now());
        if (!there.isEmpty()) {
            return draft.savepoint(there.get(0)).then(Act.NONE);
        }
        return switch (answer.progress()) {
            case IN_PROGRESS -> draft.then(Act.NONE);
            case COMPLETED ->
                draft.savepoint(new Snapshot(answer.detail(), Long.MAX_VALUE)).then(Act.NONE);
            case FAILED -> failed(draft, "The savepoint failed: " + answer.detail());
            case UNKNOWN -> failed(draft, "The cluster has forgotten the request.");
        };
    }

    private static Step failed(Draft draft, String reason) {
        draft.closeStop(StopPhase.FAILED, reason);
        boolean wanted =
                draft.next().job().desired() == DesiredState.STOPPED || DeploymentPlanner.replaces(draft.next());
        String next = wanted ? " The stop is tried again." : "";
        return draft.observe(ObservedState.RUNNING, reason + next).then(Act.NONE);
    }
}
