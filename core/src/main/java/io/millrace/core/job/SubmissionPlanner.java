package io.millrace.core.job;

import static io.millrace.core.job.DesiredState.RUNNING;

import io.millrace.core.target.Failure;
import io.millrace.core.target.FailureKind;
import io.millrace.core.target.Submission;
import io.millrace.core.target.SubmitAnswer;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a job gets onto a cluster once and only once.
 *
 * <pre>
 * S0 record the attempt with its JobID (INTENT)
 * S1 look for the JobID on the cluster: there → S4;  not there → S2;  no answer → later
 * S2 record SUBMITTING, then submit
 * S3 taken → S4;  had it before, or no clear answer → S1 with the same JobID;  refused → ENDED
 * S4 record SUBMITTED
 * S5 watch it until it ends
 * </pre>
 */
final class SubmissionPlanner {
    /** A JobManager remembers a job that is over for an hour; within less than that its "not found" means "never". */
    private static final Duration REMEMBERED = Duration.ofMinutes(50);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private SubmissionPlanner() {}

    /** S0. {@code readable}: whether what the job would go on from can be read. */
    static Step begin(JobState state, boolean readable, Surroundings around) {
        Draft draft = new Draft(state, around.now());
        Job job = state.job();
        StartFrom from = from(state);
        boolean emptied = from.mode() == StartFrom.Mode.EMPTY;
        Optional<String> restore = restore(state);
        if (restore.isPresent() && !readable) {
            return draft.observe(
                            ObservedState.NEEDS_DECISION,
                            "The job would go on from " + restore.get()
                                    + ", which cannot be read. Bring it back, or start the job with empty state.")
                    .then(Act.NONE);
        }
        DeploymentPlanner.stopped(draft, around.now());
        int number = state.attempt().map(Attempt::number).orElse(0) + 1;
        Attempt attempt = Attempt.intend(job, state.version(), number, around.tag(), restore);
        String why = "Attempt " + number + " runs version " + attempt.version()
                + restore.map(path -> " and goes on from " + path).orElse(" from empty state")
                + (emptied && job.restorePath().isPresent()
                        ? ", as asked for, although there is "
                                + job.restorePath().get()
                        : "")
                + ".";
        ObservedState as =
                job.observed() == ObservedState.RESTARTING ? ObservedState.RESTARTING : ObservedState.STARTING;
        // A job goes on from what it has until an attempt that begins with something else has got somewhere.
        return draft.job(job.restoreFrom(job.restorePath().or(() -> restore)))
                .attempt(attempt, EventKind.ATTEMPT_STARTED, why)
                .observe(as, why)
                .then(Act.NONE);
    }

    private static StartFrom from(JobState state) {
        return state.served() ? StartFrom.LATEST : state.job().wish().from();
    }

    /** What the next attempt begins with: what people asked for, until an attempt of the wish got somewhere. */
    static Optional<String> restore(JobState state) {
        if (state.spec().mode() == JobMode.BATCH) {
            return Optional.empty();
        }
        if (state.tries()) {
            return state.attempt().flatMap(Attempt::restorePath);
        }
        StartFrom from = from(state);
        return switch (from.mode()) {
            case LATEST -> state.job().restorePath();
            case EMPTY -> Optional.empty();
            case SNAPSHOT -> from.snapshot();
        };
    }

    /** S1 in INTENT: nothing was ever sent, so one "not found" is enough. */
    static Step unsent(JobState state, Sighting seen, Draft draft, Surroundings around) {
        if (!wanted(state)) {
            return withdrawn(draft, "It was never sent.", around);
        }
        return send(draft, seen, "Sent to the cluster.", around);
    }

    /** S1 in SUBMITTING: it may have been sent, but the cluster does not show it. */
    static Step unanswered(JobState state, Sighting seen, Draft draft, Surroundings around) {
        Attempt.Sent sent = state.live().flatMap(Attempt::sent).orElseThrow();
        boolean remembers = sent.incarnation().equals(seen.incarnation())
                && Duration.between(sent.first(), around.now()).compareTo(REMEMBERED) < 0;
        if (!wanted(state) && remembers) {
            return seen.surelyAbsent(sent, around.now())
                    ? withdrawn(draft, "It never reached the cluster.", around)
                    : draft.then(Act.NONE);
        }
        if (remembers) {
            return again(sent).isAfter(around.now()) ? draft.then(Act.NONE) : resend(draft, seen, around);
        }
        return draft.then(seen.surelyAbsent(sent, around.now()) ? Act.GATHER : Act.NONE);
    }

    private static boolean wanted(JobState state) {
        return state.job().desired() == RUNNING && state.served();
    }

    private static Step withdrawn(Draft draft, String evidence, Surroundings around) {
        String reason = "The start was withdrawn. " + evidence;
        return draft.attempt(
                        draft.attempt().ended(EndCause.WITHDRAWN, evidence, around.now()),
                        EventKind.ATTEMPT_ENDED,
                        reason)
                .observe(ObservedState.IDLE, reason)
                .then(Act.NONE);
    }

    /** The longer it does not come through, the longer it waits: 1 to 10 seconds. */
    private static Instant again(Attempt.Sent sent) {
        Duration tried = Duration.between(sent.first(), sent.last());
        Duration wait = tried.compareTo(SHORTEST) < 0 ? SHORTEST : tried.compareTo(LONGEST) > 0 ? LONGEST : tried;
        return sent.last().plus(wait);
    }

    /** Under the same JobID, and without an event: the observation says what is wrong. */
    private static Step resend(Draft draft, Sighting seen, Surroundings around) {
        return draft.attempt(draft.attempt().submitting(seen.incarnation(), around.now()))
                .then(Act.SUBMIT);
    }

    private static Step send(Draft draft, Sighting seen, String reason, Surroundings around) {
        return draft.attempt(
                        draft.attempt().submitting(seen.incarnation(), around.now()),
                        EventKind.ATTEMPT_SUBMITTING,
                        reason)
                .then(Act.SUBMIT);
    }

    static Submission submission(JobState state) {
        Attempt attempt = state.live().orElseThrow();
        Wish wish = state.job().wish();
        boolean partial = wish.from().partial() && attempt.version() == wish.version();
        Map<String, String> settings = new HashMap<>(state.spec().flinkSettings());
        if (partial && attempt.restorePath().isPresent()) {
            settings.put("execution.state-recovery.ignore-unclaimed-state", "true");
        }
        return new Submission(
                attempt.flinkJobId(), state.job().fullName(), state.spec().script(), settings, attempt.restorePath());
    }

    /** S3 and S4. */
    static Step answered(JobState state, SubmitAnswer answer, Surroundings around) {
        Draft draft = new Draft(state, around.now());
        Attempt attempt = draft.attempt();
        return switch (answer.verdict()) {
            case ACCEPTED ->
                draft.attempt(
                                attempt.submitted(attempt.sent().orElseThrow().incarnation(), around.now()),
                                EventKind.ATTEMPT_SUBMITTED,
                                "The cluster took it.")
                        .then(Act.NONE);
            case REJECTED -> rejected(draft, answer.reason(), around).then(Act.NONE);
            case DUPLICATE ->
                draft.observe(state.job().observed(), "The cluster had the JobID before; looking for it.")
                        .then(Act.NONE);
            case UNKNOWN ->
                draft.observe(
                                state.job().observed(),
                                "No clear answer to the submission, looking for it: " + answer.reason())
                        .then(Act.NONE);
        };
    }

    /** What was there when people started the job, and is missing when it is started again, may come back. */
    private static Draft rejected(Draft draft, String reason, Surroundings around) {
        Failure failure = Failure.refused(reason, around.now());
        draft.failed(Optional.of(failure));
        draft.attempt(draft.attempt().ended(EndCause.REJECTED, reason, around.now()), EventKind.ATTEMPT_ENDED, reason);
        if (DeploymentPlanner.verifies(draft.next()) && DeploymentPlanner.hasWayBack(draft.next())) {
            DeploymentPlanner.goBack(draft, reason, around.now());
            return draft.as(Part.DEPLOYMENT)
                    .observe(
                            ObservedState.RESTARTING,
                            draft.next().deployment().orElseThrow().outcome());
        }
        Job job = draft.next().job();
        boolean mayCome = failure.kind() == FailureKind.MISSING && job.observed() == ObservedState.RESTARTING;
        if (!mayCome) {
            return draft.observe(ObservedState.FAILED, reason);
        }
        RestartPolicy policy = RestartPolicy.of(failure.kind(), draft.next().spec());
        Patience patience = job.patience().failed(policy, around.now());
        draft.as(Part.RESTART_POLICY).job(job.patience(patience));
        return policy.exhausted(patience.failures())
                ? draft.observe(
                        ObservedState.FAILED, reason + " " + failure.kind().remedy())
                : draft.observe(ObservedState.RESTARTING, reason + policy.announce(patience.failures()));
    }
}
