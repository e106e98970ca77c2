package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobTagView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;

@Command(
        name = "tags",
        header = "List the tags of jobs, with how many jobs have each.",
        footer = {"", "Example: millrace job tags -w payments"})
final class JobTags extends ServerCommand {
    private static final List<Column> COLUMNS = List.of(Column.left("tag"), Column.right("jobs"));

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "NAME",
            description = "Only of the jobs of this workspace.")
    private @Nullable String workspace;

    @Mixin
    private final OutputOption output = new OutputOption();

    JobTags(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<JobTagView> tags = client.jobs().tags(workspace);
        if (output.json()) {
            out().println(PrettyJson.of(tags));
        } else if (tags.isEmpty()) {
            err().println("No job has a tag. `millrace job alter NAME --tag TAG` adds one.");
        } else {
            List<List<String>> rows = tags.stream()
                    .map(each -> List.of(each.tag(), Integer.toString(each.jobs())))
                    .toList();
            TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        }
        return ExitCode.OK;
    }
}
