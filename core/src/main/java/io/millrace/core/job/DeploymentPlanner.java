package io.millrace.core.job;

import io.millrace.core.target.FlinkJob;
import io.millrace.core.target.FlinkStatus;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a running version is replaced by another one, and how the way back is kept.
 *
 * <pre>
 * another version shall run → record REPLACING; stop the old one, with a savepoint when it runs wholly
 *     no savepoint within a minute             → FAILED: the old one runs on
 *     stopped                                  → VERIFYING: the new one starts from where the old one was
 * it runs for ten seconds and has made a checkpoint → DONE; after thirty seconds it is asked for one
 * refused, failed, or not running for too long → RETURNING: the old one starts from where it was
 *     it runs                                  → RETURNED, whatever happens later
 * </pre>
 *
 * <p>What a version wrote until its newest checkpoint counts. So when it fails after one, the old version goes on from
 * that checkpoint, and Flink refuses it if there is state in it that the old version does not know. When state was
 * dropped on the way forth, there is no way back behind a checkpoint.
 */
final class DeploymentPlanner {
    /** How long savepoints of the old version may fail. */
    private static final Duration TO_SAVE = Duration.ofMinutes(1);

    /** How long all tasks of a version must run until a checkpoint of it counts as proof. */
    static final Duration TO_SETTLE = Duration.ofSeconds(10);

    /** How long all its tasks run until a version is asked for its first checkpoint. */
    static final Duration TO_ASK = Duration.ofSeconds(30);

    /** How long Flink may try to bring up a version that is not proven, from its submission. */
    static final Duration TO_RECOVER = Duration.ofMinutes(1);

    /** How long a version may wait for its tasks to run for the first time, from its submission. */
    static final Duration TO_RUN = Duration.ofMinutes(5);

    private DeploymentPlanner() {}

    /** Whether the live attempt is of an older wish and runs something else than is wanted now. */
    static boolean replaces(JobState state) {
        return state.job().desired() == DesiredState.RUNNING
                && state.spec().mode() == JobMode.STREAMING
                && !state.served()
                && state.live()
                        .map(live -> live.version() != state.job().wish().version())
                        .orElse(false);
    }

    static void begin(Draft draft, Instant now) {
        Deployment begun = Deployment.begin(draft.next().job(), draft.attempt().version(), now);
        draft.deployment(
                begun,
                EventKind.DEPLOYMENT_STARTED,
                "Version " + begun.to() + " replaces version " + begun.from() + ".");
    }

    /** The old version runs on when it could not be saved; false when there is still hope. */
    static boolean abandoned(Draft draft, Instant now) {
        JobState state = draft.next();
        Deployment open = state.deployment().orElseThrow();
        boolean failed = state.stop()
                .filter(last -> last.wish() == open.wish() && last.phase() == StopPhase.FAILED)
                .isPresent();
        if (!failed || open.createdAt().plus(TO_SAVE).isAfter(now)) {
            return false;
        }
        String why = state.stop().orElseThrow().outcome();
        draft.deployment(
                open.become(
                        DeploymentPhase.FAILED, why + " Version " + open.from() + " was not stopped and runs on.", now),
                EventKind.DEPLOYMENT_FAILED);
        return true;
    }

    /** Where the old version was when it stopped is where the new one begins and where the way back leads. */
    static void stopped(Draft draft, Instant now) {
        draft.next()
                .deployment()
                .filter(open -> open.phase() == DeploymentPhase.REPLACING)
                .ifPresent(open ->
                        draft.deployment(open.verifying(draft.next().job().restorePath(), now)));
    }

    /** The version that shall become healthy is on the cluster; {@code before} is what was known of it. */
    static void watch(Draft draft, Observation before, FlinkJob job, Instant now) {
        if (!verifies(draft.next())) {
            came(draft, job, now);
            return;
        }
        Attempt attempt = draft.attempt();
        boolean steady = job.runsWholly()
                && before.state() == ObservedState.RUNNING
                && !before.seenAt().plus(TO_SETTLE).isAfter(now);
        if (steady && attempt.checkpoint().isPresent()) {
            healthy(draft, now);
            return;
        }
        Instant sent = attempt.sent().orElseThrow().last();
        boolean never = attempt.runningSince().isEmpty() && sent.plus(TO_RUN).isBefore(now);
        boolean again = fails(before, job, now) && sent.plus(TO_RECOVER).isBefore(now);
        if (never || again) {
            goBack(draft, draft.next().job().observation().reason(), now);
        }
    }

    /** Whether the version that shall become healthy runs, and only a checkpoint is missing that does not come. */
    static boolean waits(JobState state, Instant now) {
        Observation seen = state.job().observation();
        return verifies(state)
                && seen.state() == ObservedState.RUNNING
                && !seen.seenAt().plus(TO_ASK).isAfter(now);
    }

    /** One failure after a good while is no sign; one soon after the last, or one that lasts, is. */
    private static boolean fails(Observation before, FlinkJob job, Instant now) {
        boolean failing = job.status() == FlinkStatus.RESTARTING || job.status() == FlinkStatus.FAILING;
        boolean recent = before.seenAt().plus(TO_RECOVER).isAfter(now);
        return failing && (before.state() == ObservedState.RUNNING) == recent;
    }

    private static void came(Draft draft, FlinkJob job, Instant now) {
        draft.next()
                .deployment()
                .filter(open -> open.phase() == DeploymentPhase.RETURNING && job.runsWholly())
                .ifPresent(open -> draft.deployment(
                        open.become(DeploymentPhase.RETURNED, open.outcome(), now), EventKind.DEPLOYMENT_RETURNED));
    }

    static void healthy(Draft draft, Instant now) {
        Deployment open = draft.next().deployment().orElseThrow();
        draft.deployment(
                open.become(DeploymentPhase.DONE, "Version " + open.to() + " runs and has made a checkpoint.", now),
                EventKind.DEPLOYMENT_DONE);
    }

    /** Whether the newest attempt is one of the new version that has not proven itself. */
    static boolean verifies(JobState state) {
        return of(state, DeploymentPhase.VERIFYING);
    }

    /** Whether the newest attempt is one of the new version, from which we go back. */
    static boolean leaves(JobState state) {
        return of(state, DeploymentPhase.RETURNING);
    }

    private static boolean of(JobState state, DeploymentPhase phase) {
        return state.deployment()
                .filter(open -> open.phase() == phase)
                .flatMap(open -> state.attempt().map(attempt -> attempt.version() == open.to()))
                .orElse(false);
    }

    /** Whether the old version can go on without losing state, and without writing again what the new one wrote. */
    static boolean hasWayBack(JobState state) {
        StartFrom from = state.job().wish().from();
        boolean interchangeable = from.mode() == StartFrom.Mode.LATEST && !from.partial();
        return interchangeable || reached(state).isEmpty();
    }

    /** The newest checkpoint of all attempts of the new version; empty when none made one. */
    private static Optional<String> reached(JobState state) {
        StartFrom from = state.job().wish().from();
        Optional<String> old = state.deployment().orElseThrow().restorePath();
        return state.job()
                .restorePath()
                .filter(path -> !old.equals(Optional.of(path)))
                .filter(path -> !from.snapshot().equals(Optional.of(path)));
    }

    /**
     * {@code why} the new version does not do. The next attempt is one of the old version; it goes on from the newest
     * checkpoint of the new one, because what that wrote until then counts.
     */
    static void goBack(Draft draft, String why, Instant now) {
        Deployment open = draft.next().deployment().orElseThrow();
        Optional<String> path = reached(draft.next()).or(open::restorePath);
        draft.job(draft.next().job().restoreFrom(path).patience(Patience.FRESH));
        if (open.phase() == DeploymentPhase.RETURNING) {
            return;
        }
        String what = "Version " + open.to() + " did not become healthy: " + why + " Going back to version "
                + open.from() + ".";
        draft.deployment(open.become(DeploymentPhase.RETURNING, what, now), EventKind.DEPLOYMENT_RETURNING);
    }

    /** The newest attempt came to its end by itself: there is nothing left to replace or to go back to. */
    static void finished(Draft draft, Instant now) {
        draft.next().deployment().filter(open -> open.phase().open()).ifPresent(open -> {
            boolean old = draft.attempt().version() == open.from();
            DeploymentPhase over = open.phase() == DeploymentPhase.REPLACING
                    ? DeploymentPhase.FAILED
                    : old ? DeploymentPhase.RETURNED : DeploymentPhase.DONE;
            String what = "Version " + draft.attempt().version() + " came to its end by itself.";
            draft.deployment(open.become(over, what, now));
            draft.attempt(draft.attempt().serves(open.wish()));
        });
    }
}
