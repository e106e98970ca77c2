package io.millrace.cli.connection;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.connection.ConnectionView;
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

import java.util.List;
import java.util.stream.Stream;

@Command(
        name = "list",
        header = "List the connections.",
        footer = {"", "Example: millrace catalog connections list --kind kafka"})
final class ConnectionsList extends ServerCommand {
    @Option(names = "--kind", paramLabel = "KIND", description = "Only those of this kind, such as kafka.")
    private @Nullable String kind;

    @Mixin
    private final OutputOption output = new OutputOption();

    ConnectionsList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<ConnectionView> all = client.connections().list(kind);
        if (output.json()) {
            out().println(PrettyJson.of(all));
            return ExitCode.OK;
        }
        List<Column> columns = Stream.of("connection", "kind", "in SQL", "by", "comment")
                .map(Column::left)
                .toList();
        List<List<String>> rows = all.stream()
                .map(each -> List.of(each.name(), each.kind(), each.sqlName(), each.changedBy(), each.comment()))
                .toList();
        TextTable.lines(columns, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        return ExitCode.OK;
    }
}
