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
        name = "alter",
        header = "Have a function name another class.",
        description = {"", "Jobs and views that call it are named.", ""},
        footer = {
            "",
            "Example: millrace catalog functions alter kafka.main.host --class io.millrace.flink.functions.UrlHost"
        })
final class FunctionsAlter extends ServerCommand {
    @Parameters(
            paramLabel = "FUNCTION",
            converter = QualifiedName.FunctionReader.class,
            description = "CATALOG.DATABASE.FUNCTION.")
    private QualifiedName name = new QualifiedName(List.of());

    @Option(
            names = "--class",
            required = true,
            paramLabel = "CLASS",
            description = "A class on Flink's class path that a list there offers, such as com.example.Host.")
    private String className = "";

    FunctionsAlter(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<String> callers = client.functions().alter(name.catalog(), name.database(), name.function(), className);
        out().println(name.dotted() + ": class " + className);
        callers.forEach(out()::println);
        return ExitCode.OK;
    }
}
