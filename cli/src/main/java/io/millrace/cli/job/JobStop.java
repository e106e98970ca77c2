package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobBulkAction;
import io.millrace.api.job.JobPatch;
import io.millrace.api.job.JobView;
import io.millrace.api.job.NewJobBulk.JobName;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.WaitOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;

@Command(
        name = "stop",
        header = "Stop a job, or many.",
        description = {
            "",
            "A streaming job takes a savepoint first; the next start goes on from it. Of many, each is decided by itself;",
            "--wait is for one.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace job stop page-views --wait=60",
            "  millrace job stop --all -w payments --dry-run"
        })
final class JobStop extends ServerCommand {
    @Option(
            names = "--no-savepoint",
            description = "Take no savepoint: quicker, and the next start goes on from the newest checkpoint.")
    private boolean noSavepoint;

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ManyJobs many;

    JobStop(Surroundings surroundings) {
        super(surroundings);
        this.many = new ManyJobs(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        Optional<String> one = many.one();
        if (one.isPresent()) {
            return stop(client, one.get());
        }
        if (wait.limit().isPresent()) {
            throw ManyJobs.onlyForOne("--wait");
        }
        List<JobName> named = many.of(client, JobBulkAction.STOP, err());
        return new BulkRun(client.jobs(), many.dryRun(), out(), err())
                .run(JobBulkAction.STOP, named, !noSavepoint, null, output.json());
    }

    private ExitCode stop(MillraceClient client, String name) {
        JobsClient jobs = many.workspace().jobs(client);
        JobWait waiting = new JobWait(jobs, wait.limit(), surroundings().clock(), err());
        JobView before = jobs.get(name);
        jobs.patch(name, JobPatch.stop(!noSavepoint));
        JobWait.Ended ended = waiting.untilStopped(before);
        if (output.json()) {
            out().println(PrettyJson.of(ended.job()));
        } else if (wait.limit().isEmpty()) {
            out().println(name + ": will be stopped. `millrace job show " + name
                    + many.workspace().repeated() + "` says when it is.");
        } else if (ended.exitCode() == ExitCode.OK) {
            String restore = ended.job().restorePath();
            out().println(name + ": stopped" + (restore == null ? "" : "; the next start goes on from " + restore));
        }
        return ended.exitCode();
    }
}
