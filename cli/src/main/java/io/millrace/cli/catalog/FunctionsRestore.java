package io.millrace.cli.catalog;

import io.millrace.api.catalog.DroppedFunctionView;
import io.millrace.api.catalog.FunctionView;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "restore",
        header = "Bring back a dropped function.",
        description = {"", "If several of that name were dropped, the one that was dropped last.", ""},
        footer = {"", "Example: millrace catalog functions restore kafka.main.host --as old_host"})
final class FunctionsRestore extends ServerCommand {
    @Parameters(
            paramLabel = "FUNCTION",
            converter = QualifiedName.FunctionReader.class,
            description = "CATALOG.DATABASE.FUNCTION, as it was called.")
    private QualifiedName name = new QualifiedName(List.of());

    @Option(names = "--as", paramLabel = "NAME", description = "What to call it from now on.")
    private @Nullable String newName;

    FunctionsRestore(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        DroppedFunctionView dropped = client.functions().dropped(name.catalog(), name.database()).stream()
                .filter(each -> each.name().equalsIgnoreCase(name.function()))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        "No function '" + name.dotted() + "' was dropped. `millrace catalog functions list --dropped "
                                + name.catalog() + "." + name.database() + "` shows which were."));
        FunctionView function = client.functions().restore(name.catalog(), name.database(), dropped.id(), newName);
        out().println(function.catalog() + "." + function.database() + "." + function.name() + ": restored (version "
                + function.version() + ")");
        return ExitCode.OK;
    }
}
