package io.millrace.cli.catalog;

import io.millrace.api.catalog.TableChangeCause;
import io.millrace.api.catalog.TableVersionView;
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
        header = "Show what happened to a table, also to a dropped one, newest first.",
        footer = {"", "Example: millrace catalog history postgres.crm.users --limit 5"})
final class CatalogHistory extends ServerCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.right("version"),
            Column.left("at"),
            Column.left("cause"),
            Column.left("author"),
            Column.left("what"));

    @Parameters(
            paramLabel = "TABLE",
            converter = QualifiedName.TableReader.class,
            description = "CATALOG.DATABASE.TABLE.")
    private QualifiedName name = new QualifiedName(List.of());

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Most versions to show. Default: 50.")
    private int limit;

    @Mixin
    private final OutputOption output = new OutputOption();

    CatalogHistory(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<TableVersionView> versions = client.catalogs()
                .versions(name.catalog(), name.database(), name.table(), limit, null)
                .items();
        if (output.json()) {
            out().println(PrettyJson.of(versions));
            return ExitCode.OK;
        }
        List<List<String>> rows = versions.stream().map(CatalogHistory::row).toList();
        TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        if (!versions.isEmpty() && versions.get(0).cause() == TableChangeCause.DROPPED) {
            boolean restorable = LastDropped.of(client, name).restorable();
            err().println(name.dotted()
                    + (restorable
                            ? " was dropped. `millrace catalog restore " + name.dotted() + "` brings it back."
                            : " was dropped in its store, so it cannot be restored here."));
        }
        return ExitCode.OK;
    }

    private static List<String> row(TableVersionView version) {
        return List.of(
                Long.toString(version.version()),
                version.at().toString(),
                version.cause().name(),
                version.author(),
                version.summary());
    }
}
