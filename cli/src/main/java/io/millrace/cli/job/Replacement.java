package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.job.DeploymentView;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.PrettyJson;

import java.io.PrintWriter;

/** Sends a job another version, and says what came of it. */
final class Replacement {
    private final JobsClient jobs;
    private final JobWait waiting;
    private final PrintWriter out;

    Replacement(JobsClient jobs, JobWait waiting, PrintWriter out) {
        this.jobs = jobs;
        this.waiting = waiting;
        this.out = out;
    }

    /** {@code waits}: whether to wait until it is decided what runs in the end; {@code json} prints the job as it is then. */
    ExitCode by(JobView before, JobPatch patch, boolean waits, boolean json) {
        JobView asked = jobs.patch(before.name(), patch);
        boolean same = asked.generation() == before.generation();
        boolean replaces = before.runningVersion() != null && !same;
        JobWait.Ended ended = same
                ? new JobWait.Ended(asked, ExitCode.OK)
                : replaces ? waiting.untilDeployed(before) : waiting.untilStarted(before);
        if (json) {
            out.println(PrettyJson.of(ended.job()));
        } else if (same) {
            out.println(before.name() + ": runs version " + before.runningVersion() + " already.");
        } else if (!waits) {
            out.println(before.name() + ": version " + patch.version() + " will run. `millrace job show "
                    + before.name() + "` says how far it is.");
        } else {
            out.println(before.name() + ": " + outcome(ended.job()));
        }
        return ended.exitCode();
    }

    private static String outcome(JobView job) {
        DeploymentView deployment = job.deployment();
        return deployment == null || deployment.outcome().isEmpty()
                ? job.observed() + " (version " + job.runningVersion() + ")"
                : deployment.outcome();
    }
}
