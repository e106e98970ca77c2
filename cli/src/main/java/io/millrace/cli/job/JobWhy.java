package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.FailureView;
import io.millrace.api.job.JobAttemptView;
import io.millrace.api.job.JobView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

@Command(
        name = "why",
        header = "Show why a job failed or is restarted, with the whole exception.",
        footer = {"", "Example: millrace job why page-views"})
final class JobWhy extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Option(names = "--attempt", paramLabel = "N", description = "Of this attempt. Default: the newest that failed.")
    private @Nullable Integer attempt;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    JobWhy(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        JobsClient jobs = workspace.jobs(client);
        JobView job = jobs.get(name);
        Optional<JobAttemptView> failed = find(jobs);
        if (output.json()) {
            failed.ifPresent(one -> out().println(PrettyJson.of(one)));
        } else {
            out().println(job.observed() + ": " + job.reason());
            failed.ifPresent(this::tell);
        }
        if (failed.isEmpty()) {
            err().println("No attempt of job '" + name + "' failed.");
        }
        return ExitCode.OK;
    }

    private Optional<JobAttemptView> find(JobsClient jobs) {
        if (attempt != null) {
            return Optional.of(jobs.attempt(name, attempt));
        }
        return jobs.attempts(name).stream()
                .filter(one -> one.failure() != null)
                .findFirst()
                .map(one -> jobs.attempt(name, one.number()));
    }

    private void tell(JobAttemptView one) {
        FailureView failure = one.failure();
        out().println();
        if (failure == null) {
            out().println("Attempt " + one.number() + " (version " + one.version() + ") did not fail.");
            return;
        }
        out().println("Attempt " + one.number() + " (version " + one.version() + "), " + failure.at() + ", "
                + failure.kind() + ": " + failure.cause());
        out().println(failure.remedy());
        if (failure.exception() != null) {
            out().println();
            out().println(failure.exception().stripTrailing());
        }
    }
}
