package io.millrace.cli.catalog;

import io.millrace.api.catalog.FoundObject;
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
        header = "Find tables, views and functions by words in names, columns, comments and classes.",
        footer = {"", "Example: millrace catalog search customer address"})
final class CatalogSearch extends ServerCommand {
    private static final List<Column> COLUMNS =
            List.of(Column.left("name"), Column.left("kind"), Column.left("columns"), Column.left("comment or class"));

    @Parameters(arity = "1..*", paramLabel = "WORD", description = "Must all occur, in any case.")
    private List<String> words = List.of();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "Most to show. Default: 50.")
    private int limit;

    @Mixin
    private final OutputOption output = new OutputOption();

    CatalogSearch(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<FoundObject> found =
                client.catalogs().search(String.join(" ", words), limit).items();
        if (output.json()) {
            out().println(PrettyJson.of(found));
        } else if (found.isEmpty()) {
            err().println("Nothing has all of that. `millrace catalog refresh` takes in what is new in a store.");
        } else {
            List<List<String>> rows = found.stream().map(CatalogSearch::row).toList();
            TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        }
        return ExitCode.OK;
    }

    private static List<String> row(FoundObject found) {
        return List.of(
                found.catalog() + "." + found.database() + "." + found.name(),
                found.kind().name(),
                String.join(", ", found.columns()),
                found.className() == null ? found.comment() : found.className());
    }
}
