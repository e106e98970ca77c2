package io.millrace.cli.access;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "revoke",
        header = "Take back what was granted on something itself, or with --deny what was denied.",
        footer = {"", "Example: millrace access revoke ALL --on kafka.main.orders --to alice"})
final class AccessRevoke extends GrantCommand {
    @Option(names = "--deny", description = "Take back denials.")
    private boolean deny;

    AccessRevoke(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        int removed = client.grants().revoke(grant(deny)).removed();
        err().println(
                        removed == 0
                                ? "There was no such grant."
                                : "Took back " + removed + (removed == 1 ? " grant." : " grants."));
        return ExitCode.OK;
    }
}
