package io.millrace.cli.job;

import io.millrace.api.job.JobView;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "deploy",
        header = "Run another version of a job.",
        description = {
            "",
            "What runs is stopped with a savepoint, from which the other version goes on. If that is refused, fails or does"
                    + " not run, before it has run for a while and made a checkpoint, the version that ran before comes back."
                    + " With --wait, this is waited for.",
            ""
        },
        footer = {"", "Example: millrace job apply -f page-views.sql && millrace job deploy page-views --wait"})
final class JobDeploy extends ReplacingCommand {
    @Option(names = "--version", paramLabel = "N", description = "What to run. Default: the newest version.")
    private @Nullable Long version;

    @Option(
            names = "--prove",
            description =
                    "Prove first that the version can go on from a savepoint, and deploy it only then; see `millrace"
                            + " job compare --prove`.")
    private boolean prove;

    JobDeploy(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    boolean proves() {
        return prove;
    }

    @Override
    long version(JobView job) {
        return version == null ? job.version() : version;
    }
}
