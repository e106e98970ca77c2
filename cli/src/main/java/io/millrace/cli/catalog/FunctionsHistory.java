package io.millrace.cli.catalog;

import io.millrace.api.catalog.FunctionVersionView;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "history",
        header = "Show what happened to a function, newest first.",
        footer = {"", "Example: millrace catalog functions history kafka.main.host"})
final class FunctionsHistory extends ServerCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.right("version"),
            Column.left("at"),
            Column.left("cause"),
            Column.left("author"),
            Column.left("what"));

    @Parameters(
            paramLabel = "FUNCTION",
            converter = QualifiedName.FunctionReader.class,
            description = "CATALOG.DATABASE.FUNCTION.")
    private QualifiedName name = new QualifiedName(List.of());

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Most versions to show. Default: 50.")
    private int limit;

    @Mixin
    private final OutputOption output = new OutputOption();

    FunctionsHistory(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<FunctionVersionView> versions = client.functions()
                .versions(name.catalog(), name.database(), name.function(), limit)
                .items();
        if (output.json()) {
            out().println(PrettyJson.of(versions));
            return ExitCode.OK;
        }
        List<List<String>> rows = versions.stream()
                .map(each -> List.of(
                        Long.toString(each.version()),
                        each.at().toString(),
                        each.cause().name(),
                        each.author(),
                        each.summary()))
                .toList();
        TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        return ExitCode.OK;
    }
}
