package io.millrace.cli.access;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        header = "Revoke a token; it is refused at once, everywhere.",
        footer = {"", "Example: millrace access tokens revoke 0b6e7f0c-6c1c-4a52-9c0f-3a0e8f8c7c11"})
final class TokensRevoke extends ServerCommand {
    @Parameters(paramLabel = "ID", description = "As `millrace access tokens list` shows it.")
    private String id = "";

    @Mixin
    private final OwnerOption owner = new OwnerOption();

    TokensRevoke(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.access().revoke(owner.of(client), id);
        err().println("Revoked.");
        return ExitCode.OK;
    }
}
