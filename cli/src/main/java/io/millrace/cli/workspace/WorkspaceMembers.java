package io.millrace.cli.workspace;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.workspace.MemberView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

@Command(
        name = "members",
        header = "List who is in a workspace.",
        footer = {"", "Example: millrace workspace members payments"})
final class WorkspaceMembers extends OneWorkspace {
    @Mixin
    private final OutputOption output = new OutputOption();

    WorkspaceMembers(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<MemberView> members = client.workspaces().members(name());
        if (output.json()) {
            out().println(PrettyJson.of(members));
            return ExitCode.OK;
        }
        List<Column> columns = Stream.of("member", "name", "role", "by", "at")
                .map(Column::left)
                .toList();
        List<List<String>> rows = members.stream()
                .map(each -> List.of(
                        each.member().kind().name().toLowerCase(Locale.ROOT),
                        each.member().name(),
                        each.role().name().toLowerCase(Locale.ROOT),
                        each.by(),
                        each.at().toString()))
                .toList();
        TextTable.lines(columns, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        return ExitCode.OK;
    }
}
