package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;

@Command(
        name = "list",
        header = "List all jobs with what is wanted and what was seen.",
        footer = {"", "Example: millrace job list --output json"})
final class JobList extends ServerCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.left("name"),
            Column.left("desired"),
            Column.left("observed"),
            Column.left("seen"),
            Column.right("version"),
            Column.right("attempt"),
            Column.left("reason"));

    @Mixin
    private final OutputOption output = new OutputOption();

    JobList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<JobView> jobs = client.jobs().list();
        if (output.json()) {
            out().println(PrettyJson.of(jobs));
        } else if (jobs.isEmpty()) {
            err().println("There are no jobs. `millrace job apply -f FILE` makes one.");
        } else {
            List<List<String>> rows = jobs.stream().map(this::row).toList();
            TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        }
        return ExitCode.OK;
    }

    private List<String> row(JobView job) {
        return List.of(
                job.name(),
                job.desired().name(),
                job.observed().name(),
                JobTexts.seen(job, surroundings().clock()),
                Long.toString(job.version()),
                Integer.toString(job.attempt()),
                job.reason() == null ? "" : job.reason());
    }
}
