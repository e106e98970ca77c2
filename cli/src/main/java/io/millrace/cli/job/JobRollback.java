package io.millrace.cli.job;

import io.millrace.api.job.DeploymentView;
import io.millrace.api.job.JobView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rollback",
        header = "Run an earlier version of a job again.",
        description = {
            "",
            "What runs is stopped with a savepoint, from which the earlier version goes on, as with `millrace job deploy`.",
            ""
        },
        footer = {"", "Example: millrace job rollback page-views --wait"})
final class JobRollback extends ReplacingCommand {
    @Option(
            names = "--to",
            paramLabel = "N",
            description = "The version to run. Default: the one that was replaced last, else the one before what runs.")
    private @Nullable Long version;

    JobRollback(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    long version(JobView job) {
        if (version != null) {
            return version;
        }
        long runs = job.runningVersion() == null ? job.version() : job.runningVersion();
        DeploymentView last = job.deployment();
        long earlier = last != null && last.to() == runs ? last.from() : runs - 1;
        if (earlier < 1) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "Job '" + job.name() + "' has no version before " + runs + "; name one with --to.");
        }
        return earlier;
    }
}
