package io.millrace.cli.connection;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.connection.ConnectionKindView;
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
import java.util.stream.Stream;

@Command(
        name = "kinds",
        header = "List the kinds of connections and their fields.",
        footer = {"", "Example: millrace catalog connections kinds kafka"})
final class ConnectionsKinds extends ServerCommand {
    @Parameters(arity = "0..1", paramLabel = "KIND", description = "Only this kind.")
    private @Nullable String kind;

    @Mixin
    private final OutputOption output = new OutputOption();

    ConnectionsKinds(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<ConnectionKindView> kinds = client.connections().kinds().stream()
                .filter(each -> kind == null || each.kind().equals(kind))
                .toList();
        if (output.json()) {
            out().println(PrettyJson.of(kinds));
            return ExitCode.OK;
        }
        for (ConnectionKindView each : kinds) {
            out().println(each.kind() + ": " + each.en());
            List<Column> columns =
                    Stream.of("field", "type", "", "meaning").map(Column::left).toList();
            List<List<String>> rows =
                    each.fields().stream().map(ConnectionsKinds::row).toList();
            TextTable.lines(columns, rows, surroundings().screen().tableLimit()).forEach(out()::println);
            out().println();
        }
        return ExitCode.OK;
    }

    private static List<String> row(ConnectionKindView.Field field) {
        String type = field.choices().isEmpty() ? field.type() : String.join(" ", field.choices());
        Object standard = field.standard();
        String note = field.secret()
                ? "secret"
                : standard != null ? "default " + standard : field.required() ? "required" : "";
        return List.of(field.key(), type, note, field.en());
    }
}
