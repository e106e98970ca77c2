package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobView;
import io.millrace.cli.ExitCode;
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
        name = "deploy",
        header = "Run another version of a job.",
        description = {
            "",
            "What runs is stopped with a savepoint, from which the other version goes on. If that is refused, fails or does"
                    + " not run, before it has run for a while and made a checkpoint, the version that ran before comes back."
                    + " With --wait, this is waited for.",
            ""
        },
        footer = {"", "Example: millrace job apply -f page-views.sql && millrace job deploy page-views --wait"})
final class JobDeploy extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Option(names = "--version", paramLabel = "N", description = "What to run. Default: the newest version.")
    private @Nullable Long version;

    @Mixin
    private final StartOptions start = new StartOptions();

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    JobDeploy(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        JobsClient jobs = workspace.jobs(client);
        JobView before = jobs.get(name);
        JobWait waiting = new JobWait(jobs, wait.limit(), surroundings().clock(), err());
        return new Replacement(jobs, waiting, out())
                .by(
                        before,
                        start.start(version == null ? before.version() : version),
                        wait.limit().isPresent(),
                        output.json());
    }
}
