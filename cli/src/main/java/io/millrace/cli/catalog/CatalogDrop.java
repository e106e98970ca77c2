package io.millrace.cli.catalog;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "drop",
        header = "Drop a table or view.",
        description = {
            "",
            "A registered one can be restored. One in a store of its own is dropped there, with its rows.",
            ""
        },
        footer = {"", "Example: millrace catalog drop kafka.main.orders"})
final class CatalogDrop extends ServerCommand {
    @Parameters(
            paramLabel = "TABLE",
            converter = QualifiedName.TableReader.class,
            description = "CATALOG.DATABASE.TABLE.")
    private QualifiedName name = new QualifiedName(List.of());

    CatalogDrop(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.catalogs().drop(name.catalog(), name.database(), name.table());
        out().println(name.dotted() + ": dropped");
        return ExitCode.OK;
    }
}
