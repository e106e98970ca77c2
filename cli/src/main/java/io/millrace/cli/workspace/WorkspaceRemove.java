package io.millrace.cli.workspace;

import io.millrace.api.access.GranteeView;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

@Command(
        name = "remove",
        header = "Take a user or a group out of a workspace.",
        description = {"", "What it was granted on the workspace and its jobs is taken back as well; denials stay.", ""
        },
        footer = {"", "Example: millrace workspace remove payments --user alice"})
final class WorkspaceRemove extends OneWorkspace {
    @ArgGroup(multiplicity = "1")
    private MemberOption member = new MemberOption();

    WorkspaceRemove(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        GranteeView who = member.view();
        client.workspaces().remove(name(), who);
        err().println(MemberOption.words(who) + " is no more in '" + name() + "'.");
        return ExitCode.OK;
    }
}
