package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

@Command(
        name = "bundle",
        header = "Download what was saved of a failed attempt.",
        description = {
            "",
            "A ZIP file with the exceptions, checkpoints, metrics, settings without secrets, and the parts of Flink's"
                    + " logs that are about the job.",
            ""
        },
        footer = {"", "Example: millrace job bundle page-views -o page-views.zip"})
final class JobBundle extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Option(names = "--attempt", paramLabel = "N", description = "Of this attempt. Default: the newest that failed.")
    private @Nullable Integer attempt;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it. Default: NAME-N.zip in this folder.")
    private @Nullable Path file;

    @Mixin
    private final WorkspaceOption workspace;

    JobBundle(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        JobsClient jobs = workspace.jobs(client);
        Optional<Integer> number = Optional.ofNullable(attempt).or(() -> newestThatFailed(jobs));
        if (number.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, "No attempt of job '" + name + "' failed.");
        }
        byte[] bundle = jobs.bundle(name, number.get());
        Path written =
                surroundings().directory().resolve(file == null ? Path.of(name + "-" + number.get() + ".zip") : file);
        try {
            Files.write(written, bundle);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.ENVIRONMENT, written + " cannot be written: " + e);
        }
        out().println(written);
        return ExitCode.OK;
    }

    private Optional<Integer> newestThatFailed(JobsClient jobs) {
        return jobs.attempts(name).stream()
                .filter(one -> one.failure() != null)
                .findFirst()
                .map(one -> one.number());
    }
}
