package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobBulkAction;
import io.millrace.api.job.JobLabelsPatch;
import io.millrace.api.job.JobView;
import io.millrace.api.job.NewJobBulk.JobName;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

@Command(
        name = "alter",
        header = "Change the tags and the owner of a job, or of many.",
        description = {
            "",
            "Makes no version, and what runs runs on. A tag has 1 to 63 lower-case letters, digits and - _ . :",
            "The owner is whom to ask about the job; that gives no rights.",
            ""
        },
        footer = {"", "Example: millrace job alter page-views --tag nightly --untag try --owner group:web"})
final class JobAlter extends ServerCommand {
    @Parameters(paramLabel = "NAME", arity = "1..*", description = "The job, or several.")
    private List<String> names = List.of();

    @Option(names = "--tag", paramLabel = "TAG", description = "A tag to add. May be repeated.")
    private List<String> tags = List.of();

    @Option(names = "--untag", paramLabel = "TAG", description = "A tag to take away. May be repeated.")
    private List<String> untags = List.of();

    @Option(names = "--owner", paramLabel = "OWNER", description = "A user or service account, or group:NAME.")
    private @Nullable String owner;

    @Mixin
    private final WorkspaceOption workspace;

    JobAlter(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        if (tags.isEmpty() && untags.isEmpty() && owner == null) {
            throw new CommandFailure(ExitCode.USAGE, "Say what is to change: --tag, --untag or --owner.");
        }
        JobLabelsPatch patch = new JobLabelsPatch(tags, untags, owner);
        if (names.size() > 1) {
            List<JobName> all = names.stream()
                    .map(each -> new JobName(workspace.name(), each))
                    .toList();
            return new BulkRun(client.jobs(), false, out(), err()).run(JobBulkAction.LABEL, all, null, patch, false);
        }
        JobView job = workspace.jobs(client).label(names.get(0), patch);
        String who = job.owner() == null ? "nobody" : job.owner();
        String all = job.tags().isEmpty() ? "no tags" : "tags " + String.join(", ", job.tags());
        out().println(job.name() + ": " + all + ", owned by " + who);
        return ExitCode.OK;
    }
}
