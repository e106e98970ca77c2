package io.millrace.cli.access;

import io.millrace.api.access.MadeToken;
import io.millrace.api.access.NewToken;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.text.Durations;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

@Command(
        name = "create",
        header = "Make an API token and print it; it is shown only now.",
        footer = {
            "",
            "Example: millrace access tokens create ci --user deploy --lifetime 90d --scope JOB_READ --scope JOB_EDIT"
        })
final class TokensCreate extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "What the token is for.")
    private String name = "";

    @Mixin
    private final OwnerOption owner = new OwnerOption();

    @Option(
            names = "--scope",
            paramLabel = "PERMISSION",
            description = "Limit the token to this; may be repeated. Default: everything that its owner may do.")
    private List<String> scope = new ArrayList<>();

    @Option(
            names = "--lifetime",
            paramLabel = "DURATION",
            description = "Such as 12h or 90d. Default: until it is revoked.")
    private @Nullable String lifetime;

    TokensCreate(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        MadeToken made = client.access().create(owner.of(client), new NewToken(name, scope, lifetime()));
        out().println(made.secret());
        err().println("Keep it: it is shown only now. Commands take it from $MILLRACE_TOKEN.");
        return ExitCode.OK;
    }

    private @Nullable Duration lifetime() {
        if (lifetime == null) {
            return null;
        }
        return Durations.parse(lifetime)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE, "--lifetime: '" + lifetime + "' is not a time. Write it like 12h or 90d."));
    }
}
