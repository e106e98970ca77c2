package io.millrace.cli.access;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        header = "Delete a group with what was granted to it.",
        footer = {"", "Example: millrace access groups delete analysts"})
final class GroupsDelete extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The group.")
    private String name = "";

    GroupsDelete(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.grants().delete(name);
        err().println("Deleted '" + name + "'.");
        return ExitCode.OK;
    }
}
