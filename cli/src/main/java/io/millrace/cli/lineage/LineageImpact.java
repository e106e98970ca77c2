package io.millrace.cli.lineage;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.lineage.LineageDependentView;
import io.millrace.api.lineage.LineageImpactView;
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
import java.util.stream.Collectors;

@Command(
        name = "impact",
        header = "List the jobs and views that read a table or column, before it is changed.",
        footer = {"", "Example: millrace lineage impact kafka.main.page_views url"})
final class LineageImpact extends ServerCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.left("kind"),
            Column.left("name"),
            Column.right("version"),
            Column.right("line"),
            Column.left("columns"),
            Column.left("uses"));

    @Parameters(index = "0", paramLabel = "TABLE", description = "CATALOG.DATABASE.TABLE.")
    private String table = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "COLUMN", description = "One column; any without it.")
    private @Nullable String column;

    @Mixin
    private final OutputOption output = new OutputOption();

    LineageImpact(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        LineageImpactView impact = client.lineage().impact(table, column);
        if (output.json()) {
            out().println(PrettyJson.of(impact));
            return ExitCode.OK;
        }
        if (impact.dependents().isEmpty()) {
            out().println("No job and no view is known to read it.");
        } else {
            List<List<String>> rows =
                    impact.dependents().stream().map(LineageImpact::row).toList();
            TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        }
        impact.incomplete().forEach(reason -> err().println("incomplete: " + reason));
        return ExitCode.OK;
    }

    private static List<String> row(LineageDependentView reader) {
        String uses = reader.uses().stream()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return List.of(
                reader.kind().name().toLowerCase(Locale.ROOT),
                reader.name(),
                Long.toString(reader.version()),
                Integer.toString(reader.line()),
                reader.columns().isEmpty() ? "?" : String.join(", ", reader.columns()),
                uses);
    }
}
