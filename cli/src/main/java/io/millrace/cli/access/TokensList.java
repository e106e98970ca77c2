package io.millrace.cli.access;

import io.millrace.api.access.TokenView;
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

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

@Command(
        name = "list",
        header = "List the tokens of a user, newest first.",
        footer = {"", "Example: millrace access tokens list --user deploy"})
final class TokensList extends ServerCommand {
    @Mixin
    private final OwnerOption owner = new OwnerOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    TokensList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<TokenView> tokens = client.access().tokens(owner.of(client));
        if (output.json()) {
            out().println(PrettyJson.of(tokens));
            return ExitCode.OK;
        }
        List<Column> columns = Stream.of("id", "name", "scope", "made", "expires", "last used")
                .map(Column::left)
                .toList();
        List<List<String>> rows = tokens.stream()
                .map(each -> List.of(
                        each.id(),
                        each.name(),
                        String.join(", ", each.scope()),
                        each.createdAt().toString(),
                        time(each.expiresAt()),
                        time(each.usedAt())))
                .toList();
        TextTable.lines(columns, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        return ExitCode.OK;
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "never" : time.toString();
    }
}
