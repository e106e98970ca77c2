package io.millrace.cli.connection;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.connection.ConnectionChangeView;
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
import java.util.stream.Stream;

@Command(
        name = "history",
        header = "Show who changed which fields of a connection, newest first.",
        footer = {"", "Example: millrace catalog connections history region1"})
final class ConnectionsHistory extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The connection; also one that was deleted.")
    private String name = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    ConnectionsHistory(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<ConnectionChangeView> changes = client.connections().changes(name);
        if (output.json()) {
            out().println(PrettyJson.of(changes));
            return ExitCode.OK;
        }
        List<Column> columns = Stream.of("at", "by", "what", "version", "fields")
                .map(Column::left)
                .toList();
        List<List<String>> rows = changes.stream()
                .map(each -> List.of(
                        each.at().toString(),
                        each.by(),
                        each.what(),
                        String.valueOf(each.version()),
                        String.join(", ", each.fields())))
                .toList();
        TextTable.lines(columns, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        return ExitCode.OK;
    }
}
