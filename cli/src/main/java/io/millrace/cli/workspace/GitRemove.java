package io.millrace.cli.workspace;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;

@Command(
        name = "remove",
        header = "Let a workspace's jobs come from people again. The jobs stay as they are.",
        footer = {"", "Example: millrace workspace git remove payments"})
final class GitRemove extends OneWorkspace {
    GitRemove(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.git().remove(name());
        err().println("The jobs of '" + name() + "' do not come from Git any more; they stay as they are.");
        return ExitCode.OK;
    }
}
