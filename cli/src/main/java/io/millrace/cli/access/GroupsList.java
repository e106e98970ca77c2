package io.millrace.cli.access;

import io.millrace.api.access.GroupView;
import io.millrace.api.client.MillraceClient;
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
        header = "List groups.",
        footer = {"", "Example: millrace access groups list"})
final class GroupsList extends ServerCommand {
    @Mixin
    private final OutputOption output = new OutputOption();

    GroupsList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<GroupView> groups = client.grants().groups();
        if (output.json()) {
            out().println(PrettyJson.of(groups));
            return ExitCode.OK;
        }
        List<Column> columns =
                Stream.of("group", "made by", "comment").map(Column::left).toList();
        List<List<String>> rows = groups.stream()
                .map(each -> List.of(each.name(), each.createdBy(), each.comment()))
                .toList();
        TextTable.lines(columns, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        return ExitCode.OK;
    }
}
