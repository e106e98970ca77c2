package io.millrace.cli.workspace;

import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who is a member: one of the two. */
final class MemberOption {
    @Option(names = "--user", required = true, paramLabel = "USER", description = "A user or a service account.")
    private @Nullable String user;

    @Option(names = "--group", required = true, paramLabel = "GROUP", description = "A group, such as everyone.")
    private @Nullable String group;

    GranteeView view() {
        return group == null
                ? new GranteeView(GranteeKind.USER, String.valueOf(user))
                : new GranteeView(GranteeKind.GROUP, group);
    }

    /** As in a sentence. */
    static String words(GranteeView member) {
        return (member.kind() == GranteeKind.GROUP ? "Group '" : "'") + member.name() + "'";
    }
}
