package io.millrace.cli.access;

import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** To whom something is granted: one of the two. */
final class GranteeOption {
    @Option(names = "--to", required = true, paramLabel = "USER", description = "A user or a service account.")
    private @Nullable String user;

    @Option(names = "--to-group", required = true, paramLabel = "GROUP", description = "A group, such as everyone.")
    private @Nullable String group;

    GranteeView view() {
        return group == null
                ? new GranteeView(GranteeKind.USER, String.valueOf(user))
                : new GranteeView(GranteeKind.GROUP, group);
    }
}
