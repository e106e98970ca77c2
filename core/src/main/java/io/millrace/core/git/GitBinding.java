package io.millrace.core.git;

import static java.util.Objects.requireNonNull;

import io.millrace.core.connection.SecretOrigin;
import io.millrace.core.connection.StoredSecret;
import io.millrace.core.job.Author;
import io.millrace.core.workspace.WorkspaceRef;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A workspace whose jobs come from Git.
 *
 * @param id names it for its secrets; a later binding of the workspace has another one
 * @param actsAs who set it last: pulls have this principal's rights, and the versions that they make run with them
 * @param version counts changes, from 1
 * @param pulledCommit the last commit that was applied since it was set; empty before the first
 */
public record GitBinding(
        UUID id,
        WorkspaceRef workspace,
        GitSource source,
        Map<String, StoredSecret> secrets,
        Author actsAs,
        long version,
        Instant setAt,
        String pulledCommit) {
    public GitBinding {
        requireNonNull(id, "id");
        requireNonNull(workspace, "workspace");
        requireNonNull(source, "source");
        secrets = Map.copyOf(secrets);
        requireNonNull(actsAs, "actsAs");
        requireNonNull(setAt, "setAt");
        requireNonNull(pulledCommit, "pulledCommit");
    }

    /** Whether it reads files of the server's machine, or sends secrets that somebody else looks after there. */
    public boolean usesTheHost() {
        return source.address().scheme() == GitAddress.Scheme.FILE
                || secrets.values().stream().anyMatch(secret -> secret.origin() != SecretOrigin.VALUE);
    }
}
