package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.DeletedJobView;
import io.millrace.api.job.JobView;
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

import java.util.ArrayList;
import java.util.List;

@Command(
        name = "list",
        header = "List the jobs of all workspaces with what is wanted and what was seen.",
        footer = {"", "Example: millrace job list --output json"})
final class JobList extends ServerCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.left("name"),
            Column.left("desired"),
            Column.left("observed"),
            Column.left("seen"),
            Column.right("version"),
            Column.right("attempt"),
            Column.left("tags"),
            Column.left("owner"),
            Column.left("reason"));

    private static final List<Column> BIN = List.of(
            Column.left("workspace"),
            Column.left("name"),
            Column.right("version"),
            Column.left("deleted"),
            Column.left("by"),
            Column.left("purged"),
            Column.left("description"));

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "NAME",
            description = "Only the jobs of this workspace.")
    private @Nullable String workspace;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only jobs with this tag. Repeated: with all of them.")
    private List<String> tags = List.of();

    @Option(names = "--owner", paramLabel = "OWNER", description = "Only jobs of this user, or of group:NAME.")
    private @Nullable String owner;

    @Option(names = "--deleted", description = "List what is in the bin, those deleted last first.")
    private boolean deleted;

    @Mixin
    private final OutputOption output = new OutputOption();

    JobList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        if (deleted) {
            return bin(client.jobs().deleted(workspace));
        }
        List<JobView> jobs = client.jobs().list(workspace, tags, owner);
        if (output.json()) {
            out().println(PrettyJson.of(jobs));
        } else if (jobs.isEmpty()) {
            boolean some = !tags.isEmpty() || owner != null;
            err().println("There are no " + (some ? "such jobs" : "jobs")
                    + (workspace == null ? "" : " in workspace '" + workspace + "'")
                    + (some ? "." : ". `millrace job apply -f FILE` makes one."));
        } else {
            print(jobs);
        }
        return ExitCode.OK;
    }

    private ExitCode bin(List<DeletedJobView> jobs) {
        if (output.json()) {
            out().println(PrettyJson.of(jobs));
        } else if (jobs.isEmpty()) {
            err().println("There is nothing in the bin.");
        } else {
            List<List<String>> rows = jobs.stream().map(JobList::row).toList();
            TextTable.lines(BIN, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        }
        return ExitCode.OK;
    }

    private static List<String> row(DeletedJobView job) {
        return List.of(
                job.workspace(),
                job.name(),
                Long.toString(job.version()),
                job.deletedAt().toString(),
                job.deletedBy(),
                job.purgedAt().toString(),
                job.description() == null ? "" : job.description());
    }

    /** Tells their workspace unless all are where other commands look for them anyway. */
    private void print(List<JobView> jobs) {
        String usual = WorkspaceOption.usual(surroundings());
        boolean told = jobs.stream().anyMatch(job -> !job.workspace().equals(usual));
        List<Column> columns = new ArrayList<>(COLUMNS);
        List<List<String>> rows = new ArrayList<>();
        jobs.forEach(job -> rows.add(new ArrayList<>(row(job))));
        if (told) {
            columns.add(0, Column.left("workspace"));
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).add(0, jobs.get(i).workspace());
            }
        }
        TextTable.lines(columns, rows, surroundings().screen().tableLimit()).forEach(out()::println);
    }

    private List<String> row(JobView job) {
        return List.of(
                job.name(),
                job.desired().name(),
                job.observed().name(),
                JobTexts.seen(job, surroundings().clock()),
                Long.toString(job.version()),
                Integer.toString(job.attempt()),
                String.join(", ", job.tags()),
                job.owner() == null ? "" : job.owner(),
                job.reason() == null ? "" : job.reason());
    }
}
