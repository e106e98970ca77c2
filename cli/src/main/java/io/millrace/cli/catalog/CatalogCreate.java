package io.millrace.cli.catalog;

import io.millrace.api.catalog.NewTable;
import io.millrace.api.catalog.TableView;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

@Command(
        name = "create",
        header = "Create a table or view with one CREATE statement.",
        footer = {"", "Example: millrace catalog create --in kafka.main -f orders.sql"})
final class CatalogCreate extends ServerCommand {
    @Option(
            names = "--in",
            required = true,
            paramLabel = "DATABASE",
            converter = QualifiedName.Reader.class,
            description = "CATALOG.DATABASE.")
    private QualifiedName database = new QualifiedName(List.of());

    @ArgGroup(multiplicity = "1")
    private Text text = new Text();

    @Option(names = "--dry-run", description = "Plan the statement, and create nothing.")
    private boolean dryRun;

    @Mixin
    private final OutputOption output = new OutputOption();

    CatalogCreate(Surroundings surroundings) {
        super(surroundings);
    }

    /** Where the statement is. */
    private static final class Text {
        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "File with the statement.")
        private @Nullable Path file;

        @Option(
                names = {"-e", "--execute"},
                paramLabel = "SQL",
                description = "The statement.")
        private @Nullable String sql;
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        if (database.parts().size() != 2) {
            throw new CommandFailure(ExitCode.USAGE, "--in is CATALOG.DATABASE");
        }
        var table = new NewTable(null, statement());
        if (dryRun) {
            client.catalogs().tryToCreate(database.catalog(), database.database(), table);
            out().println("nothing is wrong with the statement");
            return ExitCode.OK;
        }
        TableView created = client.catalogs().create(database.catalog(), database.database(), table);
        if (output.json()) {
            out().println(PrettyJson.of(created));
        } else {
            out().println(database.dotted() + "." + created.definition().name() + ": created");
            if (created.sameData() != null && !created.sameData().isEmpty()) {
                out().println("Also over the same data: " + String.join(", ", created.sameData()));
            }
        }
        return ExitCode.OK;
    }

    private String statement() {
        if (text.sql != null) {
            return text.sql;
        }
        Path file = surroundings().directory().resolve(String.valueOf(text.file));
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, file + " cannot be read: " + e);
        }
    }
}
