package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.WaitOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "start",
        header = "Start a job.",
        description = {
            "",
            "It goes on from its newest savepoint or checkpoint. With --wait, a streaming job is waited for until all its"
                    + " tasks run, a batch job until it has finished.",
            ""
        },
        footer = {"", "Example: millrace job start page-views --wait"})
final class JobStart extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Option(
            names = "--version",
            paramLabel = "N",
            description = "What to run. Default: the newest version. To replace what runs, see `millrace job deploy`.")
    private @Nullable Long version;

    @Mixin
    private final StartOptions start = new StartOptions();

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    JobStart(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        JobsClient jobs = workspace.jobs(client);
        JobWait waiting = new JobWait(jobs, wait.limit(), surroundings().clock(), err());
        JobView before = jobs.get(name);
        jobs.patch(name, start.start(version));
        JobWait.Ended ended = waiting.untilStarted(before);
        if (output.json()) {
            out().println(PrettyJson.of(ended.job()));
        } else if (wait.limit().isEmpty()) {
            out().println(name + ": will be started. `millrace job show " + name + workspace.repeated()
                    + "` says when it runs.");
        } else if (ended.exitCode() == ExitCode.OK) {
            out().println(name + ": " + ended.job().observed() + " (attempt "
                    + ended.job().attempt() + ", Flink job " + ended.job().flinkJobId() + ")");
        }
        return ended.exitCode();
    }
}
