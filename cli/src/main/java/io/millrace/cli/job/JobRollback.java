package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.DeploymentView;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.WaitOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        header = "Run an earlier version of a job again.",
        description = {
            "",
            "What runs is stopped with a savepoint, from which the earlier version goes on, as with `millrace job deploy`.",
            ""
        },
        footer = {"", "Example: millrace job rollback page-views --wait"})
final class JobRollback extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Option(
            names = "--to",
            paramLabel = "N",
            description = "The version to run. Default: the one that was replaced last, else the one before what runs.")
    private @Nullable Long version;

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    JobRollback(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        JobsClient jobs = workspace.jobs(client);
        JobView before = jobs.get(name);
        long to = version == null ? earlier(before) : version;
        JobWait waiting = new JobWait(jobs, wait.limit(), surroundings().clock(), err());
        return new Replacement(jobs, waiting, out())
                .by(before, JobPatch.deploy(to), wait.limit().isPresent(), output.json());
    }

    private static long earlier(JobView job) {
        long runs = job.runningVersion() == null ? job.version() : job.runningVersion();
        DeploymentView last = job.deployment();
        long earlier = last != null && last.to() == runs ? last.from() : runs - 1;
        if (earlier < 1) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "Job '" + job.name() + "' has no version before " + runs + "; name one with --to.");
        }
        return earlier;
    }
}
