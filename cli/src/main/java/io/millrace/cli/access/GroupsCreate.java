package io.millrace.cli.access;

import io.millrace.api.access.NewGroup;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        header = "Make a group, with nobody in it.",
        footer = {"", "Example: millrace access groups create analysts --comment \"who reads orders\""})
final class GroupsCreate extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and . _ - @")
    private String name = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "Whatever people want to know about it.")
    private @Nullable String comment;

    GroupsCreate(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        client.grants().create(new NewGroup(name, comment));
        err().println("Made '" + name + "'.");
        return ExitCode.OK;
    }
}
