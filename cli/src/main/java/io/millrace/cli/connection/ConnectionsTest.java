package io.millrace.cli.connection;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.connection.ConnectionTestView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.DisplayText;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.SecretOptions;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;

@Command(
        name = "test",
        header = "Try a connection, or one that is only in a file.",
        description = {"", "Takes ten seconds at most. Exit code 1: a stage failed.", ""},
        footer = {"", "Example: millrace catalog connections test region1"})
final class ConnectionsTest extends ServerCommand {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The connection.")
    private @Nullable String name;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A connection, in YAML or JSON, that is not kept.")
    private @Nullable Path file;

    @Mixin
    private final SecretOptions secrets = new SecretOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    ConnectionsTest(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        ConnectionTestView report = report(client);
        if (output.json()) {
            out().println(PrettyJson.of(report));
        } else {
            report.stages()
                    .forEach(stage -> out().printf(
                                    "%-13s %-8s %5d ms  %s%n",
                                    stage.stage(),
                                    stage.outcome(),
                                    stage.millis(),
                                    DisplayText.visible(stage.message())));
        }
        return report.ok() ? ExitCode.OK : ExitCode.FAILED;
    }

    private ConnectionTestView report(MillraceClient client) {
        if (name != null && file == null) {
            return client.connections().test(name);
        }
        if (name == null && file != null) {
            return client.connections()
                    .test(ConnectionFile.read(
                                    surroundings().directory().resolve(file), secrets.read(surroundings(), err()))
                            .connection());
        }
        throw new CommandFailure(ExitCode.USAGE, "Name a connection, or give one with -f FILE.");
    }
}
