package io.millrace.cli.workspace;

import static java.util.Objects.requireNonNull;

import io.millrace.api.access.GranteeView;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.workspace.WorkspaceRole;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.Locale;

@Command(
        name = "add",
        header = "Give a user or a group a role in a workspace, instead of the one that it may have.",
        footer = {"", "Example: millrace workspace add payments --group on-call --role operator"})
final class WorkspaceAdd extends OneWorkspace {
    @ArgGroup(multiplicity = "1")
    private MemberOption member = new MemberOption();

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            converter = RoleName.class,
            description = "viewer, operator (starts and stops jobs), editor (changes them) or owner (adds members).")
    private @Nullable WorkspaceRole role;

    WorkspaceAdd(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        GranteeView who = member.view();
        WorkspaceRole what = requireNonNull(role, "--role");
        client.workspaces().put(name(), who, what);
        err().println(MemberOption.words(who) + " has the role " + what.name().toLowerCase(Locale.ROOT) + " in '"
                + name() + "'.");
        return ExitCode.OK;
    }
}
