package io.millrace.core.workspace;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.util.List;
import java.util.regex.Pattern;

/** What people call a workspace. The rules are those of jobs, so that {@code workspace.job} needs no quoting. */
public record WorkspaceName(String value) {
    // Before what is checked by it.
    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** The workspace that every installation has. */
    public static final WorkspaceName DEFAULT = new WorkspaceName("default");

    public WorkspaceName {
        requireNonNull(value, "value");
        if (!VALID.matcher(value).matches()) {
            throw new MillraceException(
                    ErrorCode.WORKSPACE_INVALID,
                    "'" + value + "' cannot name a workspace: use 1 to 63 lower-case letters, digits and hyphens, and"
                            + " begin with a letter or digit.",
                    List.of(Flaw.at("/name", "not the name of a workspace", "payments")));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
