package io.millrace.cli.job;

import io.millrace.api.job.DesiredState;
import io.millrace.api.job.JobPatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a job begins with. Mixed into each command that starts one. */
final class StartOptions {
    @ArgGroup
    private @Nullable From from;

    @Option(
            names = "--allow-non-restored-state",
            description = "Drop state that no operator of the version takes, instead of refusing to start.")
    private boolean allowNonRestoredState;

    private static final class From {
        @Option(
                names = "--empty",
                required = true,
                description = "Begin with empty state although there is a savepoint or checkpoint.")
        private boolean empty;

        @Option(
                names = "--from",
                required = true,
                paramLabel = "PATH",
                description = "Begin with this savepoint or checkpoint of the job. Default: the newest.")
        private @Nullable String snapshot;
    }

    /** Whether anything of it was said. */
    boolean said() {
        return from != null || allowNonRestoredState;
    }

    JobPatch start(@Nullable Long version) {
        boolean empty = from != null && from.empty;
        return new JobPatch(
                DesiredState.RUNNING,
                null,
                empty ? Boolean.TRUE : null,
                version,
                from == null ? null : from.snapshot,
                allowNonRestoredState ? Boolean.TRUE : null);
    }
}
