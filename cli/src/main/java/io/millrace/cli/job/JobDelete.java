package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobBulkAction;
import io.millrace.api.job.NewJobBulk.JobName;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;
import java.util.Optional;

@Command(
        name = "delete",
        header = "Move a stopped job to the bin, or many.",
        description = {
            "",
            "Its name is free then. `millrace job restore` brings it back with everything that it had, until it is purged.",
            ""
        },
        footer = {"", "Example: millrace job stop page-views --wait && millrace job delete page-views"})
final class JobDelete extends ServerCommand {
    @Mixin
    private final ManyJobs many;

    @Mixin
    private final OutputOption output = new OutputOption();

    JobDelete(Surroundings surroundings) {
        super(surroundings);
        this.many = new ManyJobs(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        Optional<String> one = many.one();
        if (one.isPresent() && !output.json()) {
            many.workspace().jobs(client).delete(one.get());
            out().println(one.get() + ": deleted. `millrace job restore " + one.get()
                    + many.workspace().repeated() + "` brings it back.");
            return ExitCode.OK;
        }
        List<JobName> named = many.of(client, JobBulkAction.DELETE, err());
        return new BulkRun(client.jobs(), many.dryRun(), out(), err())
                .run(JobBulkAction.DELETE, named, null, null, output.json());
    }
}
