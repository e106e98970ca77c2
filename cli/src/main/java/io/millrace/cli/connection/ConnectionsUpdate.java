package io.millrace.cli.connection;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.connection.ConnectionView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;

@Command(
        name = "update",
        header = "Replace the content of a connection by that of a file.",
        description = {"", "Secrets that are not mentioned stay, unless the connection leads elsewhere.", ""},
        footer = {"", "Example: millrace catalog connections update region1 -f region1.yaml"})
final class ConnectionsUpdate extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The connection.")
    private String name = "";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The connection, in YAML or JSON.")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "Check everything, change nothing.")
    private boolean dryRun;

    @Mixin
    private final SecretOptions secrets = new SecretOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    ConnectionsUpdate(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        var wanted = ConnectionFile.read(surroundings().directory().resolve(file))
                .spec(name, secrets.read(surroundings(), err()));
        ConnectionView changed = client.connections().update(name, wanted, dryRun);
        if (output.json()) {
            out().println(PrettyJson.of(changed));
        } else {
            out().println(name + ": " + (dryRun ? "is right; nothing was changed" : "version " + changed.version()));
        }
        return ExitCode.OK;
    }
}
