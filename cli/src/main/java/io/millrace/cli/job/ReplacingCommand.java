package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.DeploymentView;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ProofView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.WaitOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that makes a job run another version, and says what came of it. */
abstract class ReplacingCommand extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Mixin
    private final StartOptions start = new StartOptions();

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    ReplacingCommand(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    /** The version that shall run. */
    abstract long version(JobView job);

    /** Whether it is to be proven first. */
    boolean proves() {
        return false;
    }

    @Override
    protected final ExitCode run(MillraceClient client) {
        JobsClient jobs = workspace.jobs(client);
        JobWait waiting = new JobWait(jobs, wait.limit(), surroundings().clock(), err());
        JobView before = jobs.get(name);
        JobPatch patch = start.start(version(before));
        boolean runs = patch.version() != null && patch.version().equals(before.runningVersion());
        if (proves() && !runs) {
            ProofView proof = proof(jobs, patch, version(before));
            if (ProofRun.exitCode(proof) != ExitCode.OK) {
                err().println(ProofRun.text(proof) + " Nothing was deployed.");
                return ProofRun.exitCode(proof);
            }
            err().println(ProofRun.text(proof));
        }
        JobView asked = jobs.patch(name, patch);
        boolean same = asked.generation() == before.generation();
        JobWait.Ended ended = same
                ? new JobWait.Ended(asked, ExitCode.OK)
                : before.runningVersion() == null ? waiting.untilStarted(before) : waiting.untilDeployed(before);
        if (output.json()) {
            out().println(PrettyJson.of(ended.job()));
        } else if (same) {
            out().println(name + ": runs version " + patch.version() + " already.");
        } else if (wait.limit().isEmpty()) {
            out().println(name + ": version " + patch.version() + " will run. `millrace job show " + name
                    + workspace.repeated() + "` says how far it is.");
        } else {
            out().println(name + ": " + outcome(ended.job()));
        }
        return ended.exitCode();
    }

    private ProofView proof(JobsClient jobs, JobPatch patch, long version) {
        if (patch.empty() != null && patch.empty()) {
            throw new CommandFailure(ExitCode.USAGE, "--prove: what begins with empty state restores nothing.");
        }
        return new ProofRun(jobs, surroundings().clock(), err()).prove(name, version, patch.snapshot());
    }

    private static String outcome(JobView job) {
        DeploymentView deployment = job.deployment();
        return deployment == null || deployment.outcome().isEmpty()
                ? job.observed() + " (version " + job.runningVersion() + ")"
                : deployment.outcome();
    }
}
