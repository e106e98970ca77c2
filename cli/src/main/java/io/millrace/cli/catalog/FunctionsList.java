package io.millrace.cli.catalog;

import io.millrace.api.client.FunctionsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.function.Function;

@Command(
        name = "list",
        header = "List the functions of a database.",
        footer = {"", "Example: millrace catalog functions list kafka.main --dropped"})
final class FunctionsList extends ServerCommand {
    @Parameters(paramLabel = "DATABASE", converter = QualifiedName.Reader.class, description = "CATALOG.DATABASE.")
    private QualifiedName database = new QualifiedName(List.of());

    @Option(names = "--dropped", description = "List those that were dropped.")
    private boolean dropped;

    @Mixin
    private final OutputOption output = new OutputOption();

    FunctionsList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        if (database.parts().size() != 2) {
            throw new CommandFailure(ExitCode.USAGE, "'" + database.dotted() + "' is not CATALOG.DATABASE");
        }
        FunctionsClient functions = client.functions();
        if (dropped) {
            show(
                    functions.dropped(database.catalog(), database.database()),
                    List.of("function", "class", "dropped", "author"),
                    each -> List.of(
                            each.name(), each.className(), each.droppedAt().toString(), each.author()));
        } else {
            show(
                    functions.list(database.catalog(), database.database()),
                    List.of("function", "class", "version"),
                    each -> List.of(each.name(), each.className(), Long.toString(each.version())));
        }
        return ExitCode.OK;
    }

    private <T> void show(List<T> all, List<String> names, Function<T, List<String>> row) {
        if (output.json()) {
            out().println(PrettyJson.of(all));
            return;
        }
        TextTable.lines(
                        names.stream().map(Column::left).toList(),
                        all.stream().map(row).toList(),
                        surroundings().screen().tableLimit())
                .forEach(out()::println);
    }
}
