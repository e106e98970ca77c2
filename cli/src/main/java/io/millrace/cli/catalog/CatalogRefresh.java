package io.millrace.cli.catalog;

import io.millrace.api.catalog.RefreshView;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.util.List;

@Command(
        name = "refresh",
        header = "Look what became of the tables in a store.",
        description = {"", "Only for catalogs whose stores know their own tables.", ""},
        footer = {"", "Example: millrace catalog refresh postgres.crm"})
final class CatalogRefresh extends ServerCommand {
    /** A store of very many tables is looked through for a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @Parameters(
            paramLabel = "NAME",
            converter = QualifiedName.Reader.class,
            description = "CATALOG or CATALOG.DATABASE.")
    private QualifiedName name = new QualifiedName(List.of());

    @Mixin
    private final OutputOption output = new OutputOption();

    CatalogRefresh(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        String database = name.parts().size() > 1 ? name.database() : null;
        RefreshView result = client.withTimeout(PATIENCE).catalogs().refresh(name.catalog(), database);
        if (output.json()) {
            out().println(PrettyJson.of(result));
            return ExitCode.OK;
        }
        tell("added", result.added());
        tell("changed", result.changed());
        tell("gone", result.gone());
        result.unmappable().forEach(each -> out().println("cannot be used: " + each.table() + ": " + each.reason()));
        out().println(result.unchanged() + " unchanged");
        return ExitCode.OK;
    }

    private void tell(String what, List<String> tables) {
        tables.forEach(table -> out().println(what + ": " + table));
    }
}
