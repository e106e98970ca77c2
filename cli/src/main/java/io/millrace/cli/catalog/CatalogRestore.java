package io.millrace.cli.catalog;

import io.millrace.api.catalog.DroppedTableView;
import io.millrace.api.catalog.TableView;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "restore",
        header = "Bring back a dropped table or view.",
        description = {"", "If several of that name were dropped, the one that was dropped last.", ""},
        footer = {"", "Example: millrace catalog restore kafka.main.orders --as orders_old"})
final class CatalogRestore extends ServerCommand {
    @Parameters(
            paramLabel = "TABLE",
            converter = QualifiedName.TableReader.class,
            description = "CATALOG.DATABASE.TABLE, as it was called.")
    private QualifiedName name = new QualifiedName(List.of());

    @Option(names = "--as", paramLabel = "NAME", description = "What to call it from now on.")
    private @Nullable String newName;

    CatalogRestore(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        DroppedTableView dropped = LastDropped.of(client, name);
        TableView table = client.catalogs().restore(name.catalog(), name.database(), dropped.id(), newName);
        out().println(table.catalog() + "." + table.database() + "."
                + table.definition().name() + ": restored (version " + table.version() + ")");
        return ExitCode.OK;
    }
}
