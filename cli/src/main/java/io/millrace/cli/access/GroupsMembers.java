package io.millrace.cli.access;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "members",
        header = "List who is in a group.",
        footer = {"", "Example: millrace access groups members analysts"})
final class GroupsMembers extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The group.")
    private String name = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    GroupsMembers(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<String> members = client.grants().members(name);
        if (output.json()) {
            out().println(PrettyJson.of(members));
        } else {
            members.forEach(out()::println);
        }
        return ExitCode.OK;
    }
}
