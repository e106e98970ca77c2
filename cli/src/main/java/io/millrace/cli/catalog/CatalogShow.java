package io.millrace.cli.catalog;

import io.millrace.api.catalog.ColumnView;
import io.millrace.api.catalog.TableView;
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

import java.util.List;

@Command(
        name = "show",
        header = "Show one table with its columns.",
        footer = {"", "Example: millrace catalog show kafka.main.page_views"})
final class CatalogShow extends ServerCommand {
    private static final List<Column> COLUMNS =
            List.of(Column.right("id"), Column.left("column"), Column.left("type"), Column.left("comment"));

    @Parameters(
            paramLabel = "TABLE",
            converter = QualifiedName.TableReader.class,
            description = "CATALOG.DATABASE.TABLE.")
    private QualifiedName name = new QualifiedName(List.of());

    @Option(names = "--ddl", description = "Show the statement that makes it as it is.")
    private boolean ddl;

    @Mixin
    private final OutputOption output = new OutputOption();

    CatalogShow(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        TableView table = client.catalogs().table(name.catalog(), name.database(), name.table());
        if (output.json()) {
            out().println(PrettyJson.of(table));
            return ExitCode.OK;
        }
        if (ddl) {
            out().println(table.ddl());
            return ExitCode.OK;
        }
        String comment = table.definition().comment();
        out().println(String.join(".", name.parts()) + ": " + table.definition().kind() + ", version "
                + table.version());
        if (comment != null) {
            out().println(comment);
        }
        if (table.asOf() != null) {
            out().println("The store does not answer now; this is how it was at " + table.asOf() + ".");
        }
        if (table.sameData() != null && !table.sameData().isEmpty()) {
            out().println("Also over the same data: " + String.join(", ", table.sameData()));
        }
        out().println();
        List<List<String>> rows =
                table.definition().columns().stream().map(CatalogShow::row).toList();
        TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        return ExitCode.OK;
    }

    private static List<String> row(ColumnView column) {
        Integer id = column.id();
        return List.of(id == null ? "" : id.toString(), column.name(), type(column), text(column.comment()));
    }

    private static String type(ColumnView column) {
        return switch (column.kind()) {
            case PHYSICAL -> text(column.type());
            case COMPUTED -> "AS " + text(column.expression());
            case METADATA -> text(column.type()) + " METADATA";
        };
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
