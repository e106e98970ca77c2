package io.millrace.cli.catalog;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.lineage.LineageDependentView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Locale;

@Command(
        name = "drop",
        header = "Drop a table or view.",
        description = {
            "",
            "A registered one can be restored. One in a store of its own is dropped there, with its rows.",
            "Jobs and views that read it are named; with --dry-run nothing is dropped.",
            ""
        },
        footer = {"", "Example: millrace catalog drop kafka.main.orders"})
final class CatalogDrop extends ServerCommand {
    @Parameters(
            paramLabel = "TABLE",
            converter = QualifiedName.TableReader.class,
            description = "CATALOG.DATABASE.TABLE.")
    private QualifiedName name = new QualifiedName(List.of());

    @Option(names = "--dry-run", description = "Drop nothing; name who reads it.")
    private boolean dryRun;

    CatalogDrop(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<LineageDependentView> readers =
                client.lineage().impact(name.quoted(), null).dependents();
        if (dryRun) {
            client.catalogs().table(name.catalog(), name.database(), name.table());
        } else {
            client.catalogs().drop(name.catalog(), name.database(), name.table());
        }
        out().println(name.dotted() + (dryRun ? ": would be dropped" : ": dropped"));
        for (LineageDependentView reader : readers) {
            String kind = reader.kind().name().toLowerCase(Locale.ROOT);
            out().println("  read by " + kind + " " + reader.name() + ", version " + reader.version());
        }
        return ExitCode.OK;
    }
}
