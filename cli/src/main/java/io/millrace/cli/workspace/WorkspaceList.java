package io.millrace.cli.workspace;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.workspace.WorkspaceView;
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
import java.util.stream.Stream;

@Command(
        name = "list",
        header = "List the workspaces that one sees.",
        footer = {"", "Example: millrace workspace list"})
final class WorkspaceList extends ServerCommand {
    @Mixin
    private final OutputOption output = new OutputOption();

    WorkspaceList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<WorkspaceView> workspaces = client.workspaces().list();
        if (output.json()) {
            out().println(PrettyJson.of(workspaces));
            return ExitCode.OK;
        }
        if (workspaces.isEmpty()) {
            err().println("There are no workspaces that you may see. Who owns one can add you to it.");
            return ExitCode.OK;
        }
        List<Column> columns =
                Stream.of("workspace", "made by", "comment").map(Column::left).toList();
        List<List<String>> rows = workspaces.stream()
                .map(each -> List.of(each.name(), each.createdBy(), each.comment()))
                .toList();
        TextTable.lines(columns, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        return ExitCode.OK;
    }
}
