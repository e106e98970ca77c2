package io.millrace.cli.catalog;

import io.millrace.api.catalog.DroppedTableView;
import io.millrace.api.catalog.PurgeView;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "purge",
        header = "Remove a dropped table for good, with its files.",
        description = {
            "",
            "Forgets the table and its history. Of a table of the warehouse, or of a connection to files, the folder is",
            "deleted that the table has of its own; data elsewhere, such as topics, is left alone.",
            "If several of that name were dropped, the one that was dropped last. Nothing of this can be undone.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace catalog purge warehouse.sales.orders --dry-run",
            "  millrace catalog purge warehouse.sales.orders --yes"
        })
final class CatalogPurge extends ServerCommand {
    @Parameters(
            paramLabel = "TABLE",
            converter = QualifiedName.TableReader.class,
            description = "CATALOG.DATABASE.TABLE, as it was called.")
    private QualifiedName name = new QualifiedName(List.of());

    @Option(names = "--dry-run", description = "Delete nothing; list what would be deleted.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Really delete it.")
    private boolean yes;

    CatalogPurge(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        if (!dryRun && !yes) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "This cannot be undone. Look with --dry-run at what would be deleted, then say --yes.");
        }
        DroppedTableView dropped = LastDropped.of(client, name);
        PurgeView purge = client.catalogs().purge(name.catalog(), name.database(), dropped.id(), dryRun);
        out().println(name.dotted() + ", dropped " + dropped.droppedAt() + " by " + dropped.author() + ": "
                + (dryRun ? "would be removed for good" : "removed for good") + " (" + purge.files() + " files, "
                + purge.bytes() + " bytes)");
        purge.paths().forEach(path -> out().println("  " + path));
        long more = purge.files() - purge.paths().size();
        if (more > 0) {
            out().println("  and " + more + " more");
        }
        return ExitCode.OK;
    }
}
