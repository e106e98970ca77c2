package io.millrace.cli.connection;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.connection.SecretRotationView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;

@Command(
        name = "rotate-key",
        header = "Seal all secrets of connections with the current master key.",
        description = {
            "",
            "The current key is the first line of the server's key file. --new-key first puts a new one there: that of",
            "the local stack is $MILLRACE_HOME/secrets/master.keys. The old line can be deleted afterwards.",
            ""
        },
        footer = {"", "Example: millrace catalog connections rotate-key --new-key"})
final class ConnectionsRotateKey extends ServerCommand {
    @Option(names = "--new-key", description = "Put a new key first into the key file.")
    private boolean newKey;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The key file, for --new-key; that of the local stack unless given.")
    private @Nullable Path keyFile;

    @Mixin
    private final OutputOption output = new OutputOption();

    ConnectionsRotateKey(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        if (newKey) {
            Path file = keyFile == null
                    ? surroundings().stackHome().resolve("secrets").resolve("master.keys")
                    : surroundings().directory().resolve(keyFile);
            String id = KeyFile.addKey(file, surroundings().clock().instant());
            err().println("Put key " + id + " into " + file + ".");
        }
        SecretRotationView done = client.connections().rotate();
        if (output.json()) {
            out().println(PrettyJson.of(done));
        } else {
            String what = done.secrets() == 1 ? "1 secret" : done.secrets() + " secrets";
            out().println(what + " sealed with key " + done.keyId());
        }
        return ExitCode.OK;
    }
}
