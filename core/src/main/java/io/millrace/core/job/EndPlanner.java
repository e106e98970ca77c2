package io.millrace.core.job;

import static io.millrace.core.job.DesiredState.STOPPED;

import io.millrace.core.target.Failure;
import io.millrace.core.target.FailureKind;
import io.millrace.core.target.FlinkStatus;

import java.time.Instant;
import java.util.Optional;

/**
 * What follows when an attempt is over, or gone without a word.
 *
 * <pre>
 * evidence            a stop of ours is open              none is open
 * FINISHED            savepoint: stopped; else finished   finished
 * CANCELED            stopped                             streaming: again; batch: failed
 * FAILED              stopped, the failure is told        streaming: as {@link RestartPolicy} says of the kind of
 *                                                         failure; batch: failed
 * none                stopped                             streaming: again; batch: people decide
 * </pre>
 *
 * Of a new version that is not proven, a failure that is the version's own means the way back.
 *
 * <p>Again means: from the newest snapshot that can be read. If there was one and none can be read, people decide.
 */
final class EndPlanner {
    private final Evidence evidence;
    private final Surroundings around;
    private final JobState state;
    private final Draft draft;

    private EndPlanner(JobState state, Evidence evidence, Surroundings around) {
        this.state = state;
        this.evidence = evidence;
        this.around = around;
        this.draft = new Draft(state, around.now());
    }

    static Step end(JobState state, Evidence evidence, Surroundings around) {
        return new EndPlanner(state, evidence, around).decide().then(Act.NONE);
    }

    private Draft decide() {
        boolean stopping = state.openStop().isPresent();
        boolean saved = stopping && evidence.savepoint().isPresent();
        if (evidence.ended(FlinkStatus.FINISHED) && !saved) {
            return finished();
        }
        restore();
        boolean unproven = DeploymentPlanner.verifies(state) || DeploymentPlanner.leaves(state);
        if (unproven && !DeploymentPlanner.hasWayBack(draft.next())) {
            DeploymentPlanner.healthy(draft, around.now());
            unproven = false;
        }
        if (stopping) {
            return unproven ? left() : stopped();
        }
        EndCause cause = evidence.status().map(EndPlanner::cause).orElse(EndCause.LOST);
        String what = what(cause);
        close(cause, what);
        if (state.job().desired() == STOPPED) {
            return draft.observe(ObservedState.IDLE, what);
        }
        boolean its = cause == EndCause.FAILED && policy().counts();
        if (unproven && (its || DeploymentPlanner.leaves(state))) {
            DeploymentPlanner.goBack(draft, what, around.now());
            return draft.as(Part.DEPLOYMENT).observe(ObservedState.RESTARTING, outcome());
        }
        return again(cause, what);
    }

    private Draft finished() {
        String what = "It came to its end by itself.";
        draft.closeStop(StopPhase.FAILED, "The job came to its end by itself before it was stopped.");
        draft.job(draft.next().job().restoreFrom(Optional.empty()).patience(Patience.FRESH));
        DeploymentPlanner.finished(draft, around.now());
        close(EndCause.FINISHED, what);
        return draft.observe(ObservedState.FINISHED, what);
    }

    /** From where the next attempt goes on; also when the job is to stay stopped. */
    private void restore() {
        if (state.spec().mode() == JobMode.BATCH) {
            return;
        }
        evidence.newest().or(draft.attempt()::checkpoint).ifPresent(newest -> {
            draft.job(draft.next().job().restoreFrom(Optional.of(newest.path())));
            if (!draft.attempt().worked()) {
                draft.attempt(draft.attempt().has(newest));
            }
        });
        evidence.savepoint().ifPresent(draft::savepoint);
        if (!evidence.ended(FlinkStatus.FINISHED)) {
            // Of a job that finished, Flink deletes them a little later.
            evidence.checkpoint().ifPresent(draft::left);
        }
    }

    private Draft stopped() {
        boolean failed = evidence.ended(FlinkStatus.FAILED);
        String from = draft.next()
                .job()
                .restorePath()
                .map(path -> "the next start goes on from " + path + ".")
                .orElse("the next start begins with empty state.");
        String how = evidence.savepoint().isPresent()
                ? "Stopped with a savepoint; "
                : failed
                        ? "It failed while it was being stopped; no savepoint was taken; "
                        : "Stopped without a savepoint; ";
        String why =
                failed ? evidence.failure().map(of -> " Cause: " + of.cause()).orElse("") : "";
        String what = how + from + why;
        boolean asAsked = state.openStop().orElseThrow().kind() == StopKind.CANCEL
                || evidence.savepoint().isPresent();
        draft.closeStop(asAsked ? StopPhase.DONE : StopPhase.FAILED, what);
        close(failed ? EndCause.FAILED : EndCause.STOPPED, what);
        return draft.observe(ObservedState.IDLE, what);
    }

    /** The new version is off the cluster; the old one is next. */
    private Draft left() {
        DeploymentPlanner.goBack(draft, "", around.now());
        draft.closeStop(StopPhase.DONE, outcome());
        close(EndCause.STOPPED, outcome());
        return draft.as(Part.DEPLOYMENT).observe(ObservedState.IDLE, outcome());
    }

    private String outcome() {
        return draft.next().deployment().orElseThrow().outcome();
    }

    private void close(EndCause cause, String what) {
        draft.as(cause == EndCause.STOPPED ? Part.RECONCILER : Part.FLINK);
        draft.failed(evidence.failure());
        draft.attempt(draft.attempt().ended(cause, evidence.source(), around.now()), EventKind.ATTEMPT_ENDED, what);
    }

    private Draft again(EndCause cause, String what) {
        if (state.spec().mode() == JobMode.BATCH) {
            return cause == EndCause.LOST
                    ? draft.observe(
                            ObservedState.NEEDS_DECISION,
                            what + " It may have done its work or part of it: check, then start it again or stop it.")
                    : draft.observe(
                            ObservedState.FAILED, cause == EndCause.FAILED ? what + " " + kind().remedy() : what);
        }
        if (cause == EndCause.LOST) {
            return draft.as(Part.RESTART_POLICY).observe(ObservedState.RESTARTING, what + " It is started again.");
        }
        RestartPolicy policy = policy();
        Patience patience = (ranWell() ? Patience.FRESH : state.job().patience()).failed(policy, around.now());
        draft.job(draft.next().job().patience(patience));
        boolean gaveUp = cause == EndCause.FAILED && policy.exhausted(patience.failures());
        String times = patience.failures() < 2 ? "" : " It failed " + patience.failures() + " times in a row.";
        draft.as(Part.RESTART_POLICY);
        return gaveUp
                ? draft.observe(ObservedState.FAILED, what + times + " " + kind().remedy())
                : draft.observe(ObservedState.RESTARTING, what + policy.announce(patience.failures()));
    }

    /** Flink's restarts count: what failed again within a minute did not run well, however long ago it began. */
    private boolean ranWell() {
        Optional<Instant> began = draft.attempt().runningSince();
        Optional<Instant> restarted = evidence.failure().flatMap(Failure::before);
        return began.isPresent()
                && began.get().plus(Patience.GOOD).isBefore(around.now())
                && restarted
                        .map(at -> at.plus(Patience.GOOD).isBefore(around.now()))
                        .orElse(true);
    }

    private FailureKind kind() {
        return evidence.failure().map(Failure::kind).orElse(FailureKind.UNKNOWN);
    }

    private RestartPolicy policy() {
        return RestartPolicy.of(kind(), state.spec());
    }

    private String what(EndCause cause) {
        return switch (cause) {
            case FAILED ->
                evidence.failure()
                        .map(why -> "It failed: " + why.cause())
                        .orElse("It failed; the cluster says no cause.");
            case CANCELED -> "Somebody else cancelled it.";
            case LOST -> "The cluster no longer has it, and nothing says how it ended.";
            case FINISHED, STOPPED, REJECTED, WITHDRAWN -> throw new IllegalStateException("decided before: " + cause);
        };
    }

    private static EndCause cause(FlinkStatus status) {
        return switch (status) {
            case FAILED -> EndCause.FAILED;
            case CANCELED -> EndCause.CANCELED;
            case FINISHED -> EndCause.FINISHED;
            case INITIALIZING, CREATED, RUNNING, FAILING, CANCELLING, RESTARTING, SUSPENDED, RECONCILING ->
                throw new IllegalStateException(status + " is not an end");
        };
    }
}
