package io.millrace.cli.catalog;

import io.millrace.api.catalog.CatalogState;
import io.millrace.api.catalog.CatalogView;
import io.millrace.api.catalog.DatabaseView;
import io.millrace.api.catalog.TableSummary;
import io.millrace.api.client.CatalogsClient;
import io.millrace.api.client.MillraceClient;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

@Command(
        name = "list",
        header = "List the catalogs, the databases of one, or the tables of a database.",
        footer = {"", "Example: millrace catalog list warehouse.traffic --output json"})
final class CatalogList extends ServerCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            converter = QualifiedName.Reader.class,
            description = "CATALOG or CATALOG.DATABASE; the catalogs if left out.")
    private @Nullable QualifiedName name;

    @Option(names = "--dropped", description = "List the tables that were dropped from a database.")
    private boolean dropped;

    @Mixin
    private final OutputOption output = new OutputOption();

    CatalogList(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        CatalogsClient catalogs = client.catalogs();
        QualifiedName within = name;
        if (within == null) {
            show(
                    catalogs.catalogs(),
                    List.of("catalog", "kind", "state", "comment"),
                    each -> List.of(each.name(), each.kind(), state(each), each.comment()));
        } else if (within.parts().size() == 1) {
            List<DatabaseView> databases = catalogs.databases(within.catalog());
            show(databases, List.of("database", "comment"), each -> List.of(each.name(), each.comment()));
            if (databases.stream().anyMatch(each -> each.asOf() != null)) {
                tellOutage(catalogs, within.catalog(), databases.stream().map(DatabaseView::asOf));
            } else {
                databases.stream()
                        .filter(each -> each.unavailableSince() != null)
                        .forEach(this::tellOutage);
            }
        } else if (dropped) {
            show(
                    catalogs.dropped(within.catalog(), within.database()),
                    List.of("table", "kind", "dropped", "author", "restorable"),
                    each -> List.of(
                            each.name(),
                            each.kind().name(),
                            each.droppedAt().toString(),
                            each.author(),
                            each.restorable() ? "yes" : "no"));
        } else {
            List<TableSummary> tables = catalogs.tables(within.catalog(), within.database());
            show(
                    tables,
                    List.of("table", "kind", "comment"),
                    each -> List.of(each.name(), each.kind().name(), each.comment()));
            tellOutage(catalogs, within.catalog(), tables.stream().map(TableSummary::asOf));
        }
        return ExitCode.OK;
    }

    /** Says on standard error that the list is what was known of a store that does not answer. */
    private void tellOutage(CatalogsClient catalogs, String catalog, Stream<@Nullable Instant> asOf) {
        if (asOf.allMatch(Objects::isNull)) {
            return;
        }
        err().println("The store does not answer now; this is what was known of it.");
        catalogs.catalogs().stream()
                .filter(each -> each.name().equals(catalog) && each.unavailableSince() != null)
                .forEach(each -> err().println(catalog + ": " + state(each) + ": " + each.reason()));
    }

    private void tellOutage(DatabaseView database) {
        err().println(database.catalog() + "." + database.name() + ": " + CatalogState.UNAVAILABLE + " since "
                + database.unavailableSince() + ": " + database.reason());
    }

    private static String state(CatalogView catalog) {
        return catalog.unavailableSince() == null
                ? catalog.state().name()
                : catalog.state() + " since " + catalog.unavailableSince();
    }

    private <T> void show(List<T> all, List<String> names, Function<T, List<String>> row) {
        if (output.json()) {
            out().println(PrettyJson.of(all));
            return;
        }
        List<Column> columns = names.stream().map(Column::left).toList();
        TextTable.lines(
                        columns,
                        all.stream().map(row).toList(),
                        surroundings().screen().tableLimit())
                .forEach(out()::println);
    }
}
