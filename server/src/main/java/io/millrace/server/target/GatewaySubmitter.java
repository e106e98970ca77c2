package io.millrace.server.target;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.UnreachableException;
import io.millrace.api.gateway.NewSubmission;
import io.millrace.api.problem.Problem;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.core.target.JobSubmitter;
import io.millrace.core.target.Submission;
import io.millrace.core.target.SubmitAnswer;
import io.millrace.core.target.SubmitAnswer.Verdict;
import io.millrace.server.gateway.GatewayClient;

import java.util.List;

/** Submits through the SQL gateway. Only a clear no counts as one. */
final class GatewaySubmitter implements JobSubmitter {
    private static final String DUPLICATE = "JOB_ALREADY_SUBMITTED";

    private final GatewayClient gateway;

    GatewaySubmitter(GatewayClient gateway) {
        this.gateway = gateway;
    }

    @Override
    public SubmitAnswer submit(Submission submission) {
        try {
            gateway.submit(new NewSubmission(
                    submission.script(),
                    submission.id().value(),
                    submission.name(),
                    submission.settings(),
                    submission.restorePath().orElse(null),
                    null));
            return new SubmitAnswer(Verdict.ACCEPTED, "");
        } catch (ApiException e) {
            return refused(e.problem());
        } catch (UnreachableException e) {
            return new SubmitAnswer(Verdict.UNKNOWN, "the SQL gateway does not answer.");
        }
    }

    private static SubmitAnswer refused(Problem problem) {
        if (DUPLICATE.equals(problem.code())) {
            return new SubmitAnswer(Verdict.DUPLICATE, problem.detail());
        }
        boolean definite = problem.status() == 422 || problem.status() == 400;
        return new SubmitAnswer(definite ? Verdict.REJECTED : Verdict.UNKNOWN, sentence(problem));
    }

    private static String sentence(Problem problem) {
        List<ProblemDetail> errors = problem.errors();
        if (errors == null || errors.isEmpty() || errors.get(0).line() == null) {
            return problem.detail();
        }
        return "Line " + errors.get(0).line() + ": " + problem.detail();
    }
}
