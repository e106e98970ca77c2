package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.CompatibilityView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        header = "Say what becomes of a job's state when it goes on with another version.",
        description = {
            "",
            "IDENTICAL and COMPATIBLE keep all of it, PARTIAL some; INCOMPATIBLE means that an operator cannot read"
                    + " its state any more, UNKNOWN that nobody can tell.",
            ""
        },
        footer = {"", "Example: millrace job compare page-views --from 3"},
        sortOptions = false)
final class JobCompare extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "The version whose state it is. Default: the one that runs or ran last.")
    private @Nullable Long from;

    @Option(
            names = "--to",
            paramLabel = "N",
            description = "The version that is to take it over. Default: the newest one.")
    private @Nullable Long to;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    JobCompare(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        JobsClient jobs = workspace.jobs(client);
        long wanted = to == null ? jobs.get(name).version() : to;
        CompatibilityView found = jobs.compatibility(name, wanted, from);
        if (output.json()) {
            out().println(PrettyJson.of(found));
        } else {
            StateTexts.lines(found).forEach(out()::println);
        }
        return ExitCode.OK;
    }
}
