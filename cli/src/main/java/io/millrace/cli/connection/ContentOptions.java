package io.millrace.cli.connection;

import io.millrace.cli.console.SecretOptions;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.nio.file.Path;

/** The content of a connection that is to be made or changed: a file, and secrets from elsewhere. */
final class ContentOptions {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The connection, in YAML or JSON.")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "Check everything, keep nothing.")
    private boolean dryRun;

    @Mixin
    private final SecretOptions secrets = new SecretOptions();

    boolean dryRun() {
        return dryRun;
    }

    ConnectionFile read(Surroundings surroundings, PrintWriter err) {
        return ConnectionFile.read(surroundings.directory().resolve(file), secrets.read(surroundings, err));
    }
}
