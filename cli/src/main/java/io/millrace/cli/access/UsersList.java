package io.millrace.cli.access;

import io.millrace.api.access.UserView;
import io.millrace.api.client.MillraceClient;
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
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

@Command(
        name = "list",
        header = "List users and service accounts.",
        footer = {"", "Example: millrace access users list"})
final class UsersList extends ServerCommand {
    @Parameters(paramLabel = "TEXT", arity = "0..1", description = "Only those whose name or comment contains this.")
    private @Nullable String text;

    @Mixin
    private final OutputOption output = new OutputOption();

    UsersList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<UserView> users = client.access().users(text);
        if (output.json()) {
            out().println(PrettyJson.of(users));
            return ExitCode.OK;
        }
        List<Column> columns = Stream.of("user", "kind", "admin", "disabled", "made by", "comment")
                .map(Column::left)
                .toList();
        List<List<String>> rows = users.stream()
                .map(each -> List.of(
                        each.name(),
                        each.kind().name().toLowerCase(Locale.ROOT),
                        each.admin() ? "yes" : "",
                        each.disabled() ? "yes" : "",
                        each.createdBy(),
                        each.comment()))
                .toList();
        TextTable.lines(columns, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        return ExitCode.OK;
    }
}
