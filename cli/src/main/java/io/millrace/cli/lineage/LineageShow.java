package io.millrace.cli.lineage;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.lineage.LineageGraphView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.catalog.QualifiedName;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "show",
        header = "Show what a table or column comes from and what comes of it.",
        footer = {"", "Example: millrace lineage show kafka.main.page_views --downstream --depth 2"})
final class LineageShow extends ServerCommand {
    @Parameters(
            paramLabel = "TABLE",
            converter = QualifiedName.TableReader.class,
            description = "CATALOG.DATABASE.TABLE.")
    private QualifiedName name = new QualifiedName(List.of());

    @Option(
            names = {"-c", "--column"},
            paramLabel = "COLUMN",
            description = "Follow the values of this column only.")
    private @Nullable String column;

    @ArgGroup
    private Way way = new Way();

    @Option(names = "--depth", paramLabel = "N", description = "How many statements far, from 1 to 50 (default 3).")
    private @Nullable Integer depth;

    @Mixin
    private final OutputOption output = new OutputOption();

    /** Both ways unless one is chosen. */
    private static final class Way {
        @Option(names = "--upstream", description = "Only what it comes from.")
        private boolean upstream;

        @Option(names = "--downstream", description = "Only what comes of it.")
        private boolean downstream;
    }

    LineageShow(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        String direction = way.upstream ? "UPSTREAM" : way.downstream ? "DOWNSTREAM" : "BOTH";
        LineageGraphView graph = client.lineage().table(name.parts(), direction, depth, column);
        if (output.json()) {
            out().println(PrettyJson.of(graph));
            return ExitCode.OK;
        }
        LineageTree tree = new LineageTree(graph);
        if (!way.downstream) {
            out().println("Comes from:");
            tree.upstream().forEach(out()::println);
        }
        if (!way.upstream) {
            out().println("Goes to:");
            tree.downstream().forEach(out()::println);
        }
        if (graph.truncated()) {
            out().println("There is more; ask for fewer levels or one column.");
        }
        graph.incomplete().forEach(reason -> err().println("incomplete: " + reason));
        return ExitCode.OK;
    }
}
