package io.millrace.cli.access;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        header = "Put a user into a group.",
        footer = {"", "Example: millrace access groups add analysts alice"})
final class GroupsAdd extends ServerCommand {
    @Parameters(index = "0", paramLabel = "GROUP", description = "The group.")
    private String group = "";

    @Parameters(index = "1", paramLabel = "USER", description = "The user or service account.")
    private String user = "";

    GroupsAdd(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.grants().add(group, user);
        err().println("'" + user + "' is in group '" + group + "'.");
        return ExitCode.OK;
    }
}
