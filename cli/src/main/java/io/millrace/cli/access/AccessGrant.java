package io.millrace.cli.access;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "grant",
        header = "Give privileges on something and on everything below it, or deny them.",
        footer = {
            "",
            "Examples: millrace access grant READ,WRITE --on kafka.main.orders --to alice",
            "          millrace access grant READ --on database:kafka.main --to-group analysts --deny"
        })
final class AccessGrant extends GrantCommand {
    @Option(names = "--deny", description = "Deny them: this wins over every permission.")
    private boolean deny;

    AccessGrant(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.grants().grant(grant(deny));
        err().println(deny ? "Denied." : "Granted.");
        return ExitCode.OK;
    }
}
