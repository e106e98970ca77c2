package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.SnapshotView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "list",
        header = "List the savepoints and retained checkpoints of a job, newest first.",
        footer = {"", "Example: millrace snapshot list page-views"})
final class SnapshotList extends ServerCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.left("id"),
            Column.left("origin"),
            Column.right("version"),
            Column.right("attempt"),
            Column.right("size"),
            Column.right("age"),
            Column.left("restorable"),
            Column.left("must stay for"),
            Column.left("path"));

    @Parameters(paramLabel = "JOB", description = "The job.")
    private String job = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    SnapshotList(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<SnapshotView> all = workspace.jobs(client).snapshots(job).list();
        if (output.json()) {
            out().println(PrettyJson.of(all));
        } else if (all.isEmpty()) {
            err().println(job + " has no savepoint or retained checkpoint. `millrace snapshot trigger " + job
                    + workspace.repeated() + "` takes one while it runs.");
        } else {
            List<List<String>> rows = all.stream().map(this::row).toList();
            TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        }
        return ExitCode.OK;
    }

    private List<String> row(SnapshotView snapshot) {
        return List.of(
                snapshot.id(),
                snapshot.origin().name(),
                Long.toString(snapshot.version()),
                snapshot.attempt() == 0 ? "" : Integer.toString(snapshot.attempt()),
                SnapshotTexts.size(snapshot.bytes()),
                JobTexts.age(snapshot.createdAt(), surroundings().clock()),
                SnapshotTexts.restorable(snapshot),
                SnapshotTexts.references(snapshot),
                snapshot.path() == null ? "" : snapshot.path());
    }
}
