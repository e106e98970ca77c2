package io.millrace.api.git;

import io.millrace.api.connection.SecretView;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where the jobs of a workspace come from.
 *
 * @param actsAs with whose rights pulls are made and their versions run: who set it last
 * @param version counts changes, from 1
 * @param pulledCommit the last commit that was applied since it was set
 * @param jobs those that came from it
 * @param lastPull the newest pull, dry runs included
 */
public record GitBindingView(
        String url,
        String branch,
        String folder,
        @Nullable String interval,
        @Nullable String userName,
        @Nullable String hostKey,
        @Nullable String caCertificate,
        Map<String, SecretView> secrets,
        String actsAs,
        long version,
        Instant setAt,
        @Nullable String pulledCommit,
        List<GitBoundJobView> jobs,
        @Nullable GitPullView lastPull) {}
