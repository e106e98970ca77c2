package io.millrace.cli.catalog;

import io.millrace.api.catalog.FunctionView;
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
        name = "show",
        header = "Show one function.",
        footer = {"", "Example: millrace catalog functions show kafka.main.host --ddl"})
final class FunctionsShow extends ServerCommand {
    @Parameters(
            paramLabel = "FUNCTION",
            converter = QualifiedName.FunctionReader.class,
            description = "CATALOG.DATABASE.FUNCTION.")
    private QualifiedName name = new QualifiedName(List.of());

    @Option(names = "--ddl", description = "Show the statement that makes it as it is.")
    private boolean ddl;

    @Mixin
    private final OutputOption output = new OutputOption();

    FunctionsShow(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        FunctionView function = client.functions().get(name.catalog(), name.database(), name.function());
        if (output.json()) {
            out().println(PrettyJson.of(function));
        } else if (ddl) {
            out().println(function.ddl());
        } else {
            out().println(function.catalog() + "." + function.database() + "." + function.name() + ": class "
                    + function.className() + ", version " + function.version());
        }
        return ExitCode.OK;
    }
}
