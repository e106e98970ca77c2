package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        header = "Show one job.",
        footer = {"", "Example: millrace job show page-views --sql"})
final class JobShow extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Option(names = "--sql", description = "Show its SQL as well.")
    private boolean sql;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    JobShow(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        JobView job = workspace.jobs(client).get(name);
        if (output.json()) {
            out().println(PrettyJson.of(job));
            return ExitCode.OK;
        }
        JobTexts.describe(job, surroundings().clock()).forEach(out()::println);
        if (sql) {
            out().println();
            out().println(job.spec().script().stripTrailing());
        }
        return ExitCode.OK;
    }
}
