package io.millrace.server.target;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.gateway.NewProof;
import io.millrace.api.gateway.NewStatePlan;
import io.millrace.api.gateway.NewSubmission;
import io.millrace.api.gateway.SubmissionView;
import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.core.target.JobSubmitter;
import io.millrace.core.target.Submission;
import io.millrace.core.target.SubmitAnswer;
import io.millrace.core.target.SubmitAnswer.Verdict;
import io.millrace.core.target.Trial;
import io.millrace.server.access.Capabilities;
import io.millrace.server.gateway.GatewayClient;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Submits through the SQL gateway. Only a clear no counts as one. */
final class GatewaySubmitter implements JobSubmitter {
    private static final String DUPLICATE = "JOB_ALREADY_SUBMITTED";

    private final GatewayClient gateway;
    private final Capabilities capabilities;
    private final RunsAs runsAs;

    GatewaySubmitter(GatewayClient gateway, Capabilities capabilities, RunsAs runsAs) {
        this.gateway = gateway;
        this.capabilities = capabilities;
        this.runsAs = runsAs;
    }

    @Override
    public SubmitAnswer submit(Submission submission) {
        return send(submission, capability -> gateway.submit(wire(submission), capability));
    }

    @Override
    public SubmitAnswer prove(Trial trial) {
        NewStatePlan earlier =
                trial.earlier().isEmpty() ? null : new NewStatePlan(trial.earlier(), trial.earlierSettings());
        NewProof wanted = new NewProof(wire(trial.job()), earlier, List.copyOf(trial.dropped()));
        return send(trial.job(), capability -> gateway.prove(wanted, capability));
    }

    private static NewSubmission wire(Submission submission) {
        return new NewSubmission(
                submission.script(),
                submission.id().value(),
                submission.name(),
                submission.settings(),
                submission.restorePath().orElse(null));
    }

    private SubmitAnswer send(Submission job, Function<String, SubmissionView> call) {
        Optional<RunsAs.Standing> found = runsAs.of(job);
        if (found.isEmpty()) {
            return new SubmitAnswer(
                    Verdict.REJECTED,
                    "Who wrote this version is disabled or deleted. Somebody else has to apply the job.");
        }
        RunsAs.Standing standing = found.get();
        if (standing.refusal().isPresent()) {
            return new SubmitAnswer(Verdict.REJECTED, standing.refusal().get());
        }
        try {
            var unused = capabilities.during(standing.principal(), standing.objects(), call);
            return new SubmitAnswer(Verdict.ACCEPTED, "");
        } catch (ApiException e) {
            return refused(e.problem(), standing.changes());
        } catch (UnreachableException e) {
            return new SubmitAnswer(Verdict.UNKNOWN, "the SQL gateway does not answer.");
        }
    }

    private static SubmitAnswer refused(Problem problem, String changes) {
        if (DUPLICATE.equals(problem.code())) {
            return new SubmitAnswer(Verdict.DUPLICATE, problem.detail());
        }
        String why = sentence(problem);
        // The planner's own words often end without one.
        String stop = changes.isEmpty() || why.endsWith(".") ? "" : ".";
        boolean definite = problem.status() == 422 || problem.status() == 400 || problem.status() == 403;
        return definite
                ? new SubmitAnswer(Verdict.REJECTED, why + stop + changes)
                : new SubmitAnswer(Verdict.UNKNOWN, why);
    }

    private static String sentence(Problem problem) {
        List<ProblemDetail> errors = problem.errors();
        if (errors == null || errors.isEmpty() || errors.get(0).line() == null) {
            return problem.detail();
        }
        return "Line " + errors.get(0).line() + ": " + problem.detail();
    }
}
