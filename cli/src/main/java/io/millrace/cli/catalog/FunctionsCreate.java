package io.millrace.cli.catalog;

import io.millrace.api.catalog.FunctionView;
import io.millrace.api.catalog.NewFunction;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "create",
        header = "Create a function, which is a name for a class on Flink's class path.",
        footer = {
            "",
            "Example: millrace catalog functions create kafka.main.host --class io.millrace.flink.functions.UrlHost"
        })
final class FunctionsCreate extends ServerCommand {
    @Parameters(
            paramLabel = "FUNCTION",
            converter = QualifiedName.FunctionReader.class,
            description = "CATALOG.DATABASE.FUNCTION; kept in lower case.")
    private QualifiedName name = new QualifiedName(List.of());

    @Option(
            names = "--class",
            required = true,
            paramLabel = "CLASS",
            description = "A class on Flink's class path that a list there offers, such as com.example.Host.")
    private String className = "";

    @Option(names = "--dry-run", description = "Say what is wrong, and create nothing.")
    private boolean dryRun;

    @Mixin
    private final OutputOption output = new OutputOption();

    FunctionsCreate(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        var wanted = new NewFunction(name.function(), className);
        if (dryRun) {
            client.functions().tryToCreate(name.catalog(), name.database(), wanted);
            out().println("nothing is wrong with the function");
            return ExitCode.OK;
        }
        FunctionView created = client.functions().create(name.catalog(), name.database(), wanted);
        if (output.json()) {
            out().println(PrettyJson.of(created));
        } else {
            out().println(created.catalog() + "." + created.database() + "." + created.name() + ": created");
        }
        return ExitCode.OK;
    }
}
