package io.millrace.cli.checkpoint;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.CheckpointView;
import io.millrace.api.job.CheckpointsView;
import io.millrace.api.text.Durations;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import picocli.CommandLine.Command;

import java.util.List;
import java.util.Objects;

@Command(
        name = "list",
        header = "List the latest checkpoints of a running job, newest first.",
        footer = {"", "Example: millrace checkpoint list page-views"})
final class CheckpointList extends OneJob {
    private static final List<Column> COLUMNS = List.of(
            Column.right("id"),
            Column.left("kind"),
            Column.left("progress"),
            Column.left("begun"),
            Column.right("took"),
            Column.right("bytes"),
            Column.right("state bytes"),
            Column.left("path or failure"));

    CheckpointList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        CheckpointsView checkpoints = jobs(client).checkpoints(name());
        show(checkpoints);
        if (!json()) {
            out().println(checkpoints.completed() + " completed, " + checkpoints.failed() + " failed");
            List<List<String>> rows =
                    checkpoints.checkpoints().stream().map(CheckpointList::row).toList();
            TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        }
        return ExitCode.OK;
    }

    private static List<String> row(CheckpointView of) {
        return List.of(
                Long.toString(of.id()),
                of.kind(),
                of.progress().name(),
                of.begunAt().toString(),
                Durations.exact(of.millis()),
                Long.toString(of.bytes()),
                Long.toString(of.stateBytes()),
                Objects.requireNonNullElse(of.path(), Objects.requireNonNullElse(of.failure(), "")));
    }
}
