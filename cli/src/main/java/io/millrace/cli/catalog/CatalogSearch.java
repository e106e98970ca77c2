package io.millrace.cli.catalog;

import io.millrace.api.catalog.FoundTable;
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
        name = "search",
        header = "Find tables by words in names, columns and comments.",
        footer = {"", "Example: millrace catalog search customer address"})
final class CatalogSearch extends ServerCommand {
    private static final List<Column> COLUMNS =
            List.of(Column.left("table"), Column.left("kind"), Column.left("columns"), Column.left("comment"));

    @Parameters(arity = "1..*", paramLabel = "WORD", description = "Must all occur, in any case.")
    private List<String> words = List.of();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "Most tables to show. Default: 50.")
    private int limit;

    @Mixin
    private final OutputOption output = new OutputOption();

    CatalogSearch(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<FoundTable> found =
                client.catalogs().search(String.join(" ", words), limit).items();
        if (output.json()) {
            out().println(PrettyJson.of(found));
        } else if (found.isEmpty()) {
            err().println("No table has all of that. `millrace catalog refresh` takes in what is new in a store.");
        } else {
            List<List<String>> rows = found.stream().map(CatalogSearch::row).toList();
            TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        }
        return ExitCode.OK;
    }

    private static List<String> row(FoundTable table) {
        return List.of(
                table.catalog() + "." + table.database() + "." + table.name(),
                table.kind().name(),
                String.join(", ", table.columns()),
                table.comment());
    }
}
