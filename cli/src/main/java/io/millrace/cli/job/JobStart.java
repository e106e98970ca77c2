package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobBulkAction;
import io.millrace.api.job.JobView;
import io.millrace.api.job.NewJobBulk.JobName;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.WaitOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;

@Command(
        name = "start",
        header = "Start a job, or many.",
        description = {
            "",
            "It goes on from its newest savepoint or checkpoint. With --wait, a streaming job is waited for until all its"
                    + " tasks run, a batch job until it has finished.",
            "Of many, each is decided by itself; --wait, --version and what a job begins with are for one.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace job start page-views --wait",
            "  millrace job start --tag nightly --dry-run"
        })
final class JobStart extends ServerCommand {
    @Option(
            names = "--version",
            paramLabel = "N",
            description = "What to run. Default: the newest version. To replace what runs, see `millrace job deploy`.")
    private @Nullable Long version;

    @Mixin
    private final StartOptions start = new StartOptions();

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final ManyJobs many;

    JobStart(Surroundings surroundings) {
        super(surroundings);
        this.many = new ManyJobs(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        Optional<String> one = many.one();
        if (one.isPresent()) {
            return start(client, one.get());
        }
        if (wait.limit().isPresent() || version != null || start.said()) {
            throw ManyJobs.onlyForOne("--wait, --version, --from, --empty or --allow-non-restored-state");
        }
        List<JobName> named = many.of(client, JobBulkAction.START, err());
        return new BulkRun(client.jobs(), many.dryRun(), out(), err())
                .run(JobBulkAction.START, named, null, null, output.json());
    }

    private ExitCode start(MillraceClient client, String name) {
        JobsClient jobs = many.workspace().jobs(client);
        JobWait waiting = new JobWait(jobs, wait.limit(), surroundings().clock(), err());
        JobView before = jobs.get(name);
        jobs.patch(name, start.start(version));
        JobWait.Ended ended = waiting.untilStarted(before);
        if (output.json()) {
            out().println(PrettyJson.of(ended.job()));
        } else if (wait.limit().isEmpty()) {
            out().println(name + ": will be started. `millrace job show " + name
                    + many.workspace().repeated() + "` says when it runs.");
        } else if (ended.exitCode() == ExitCode.OK) {
            out().println(name + ": " + ended.job().observed() + " (attempt "
                    + ended.job().attempt() + ", Flink job " + ended.job().flinkJobId() + ")");
        }
        return ended.exitCode();
    }
}
