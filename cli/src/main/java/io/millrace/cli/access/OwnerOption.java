package io.millrace.cli.access;

import io.millrace.api.client.MillraceClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose tokens a command is about. */
final class OwnerOption {
    @Option(names = "--user", paramLabel = "USER", description = "Whose; by default the caller's own.")
    private @Nullable String user;

    String of(MillraceClient client) {
        return user == null ? client.access().session().user().name() : user;
    }
}
