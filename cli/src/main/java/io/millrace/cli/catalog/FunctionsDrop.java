package io.millrace.cli.catalog;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "drop",
        header = "Drop a function, which can be restored.",
        description = {"", "Jobs and views that call it are named; with --dry-run nothing is dropped.", ""},
        footer = {"", "Example: millrace catalog functions drop kafka.main.host --dry-run"})
final class FunctionsDrop extends ServerCommand {
    @Parameters(
            paramLabel = "FUNCTION",
            converter = QualifiedName.FunctionReader.class,
            description = "CATALOG.DATABASE.FUNCTION.")
    private QualifiedName name = new QualifiedName(List.of());

    @Option(names = "--dry-run", description = "Drop nothing; name who calls it.")
    private boolean dryRun;

    FunctionsDrop(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<String> callers = client.functions().drop(name.catalog(), name.database(), name.function(), dryRun);
        out().println(name.dotted() + (dryRun ? ": would be dropped" : ": dropped"));
        callers.forEach(out()::println);
        return ExitCode.OK;
    }
}
