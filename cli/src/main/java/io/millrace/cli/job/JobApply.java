package io.millrace.cli.job;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.AppliedJob;
import io.millrace.api.job.CompatibilityView;
import io.millrace.api.job.JobChange;
import io.millrace.api.job.JobLabelsPatch;
import io.millrace.api.job.JobView;
import io.millrace.api.jobfile.InvalidFilesException;
import io.millrace.api.jobfile.JobFile;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.Failures;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.WaitOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

@Command(
        name = "apply",
        header = "Create or update jobs from files.",
        description = {
            "",
            "All files are checked first; when one is not valid, nothing is changed. A job that runs goes on with its"
                    + " version until its next start.",
            ""
        },
        footer = {"", "Example: millrace job apply -f jobs/ --dry-run"},
        sortOptions = false)
final class JobApply extends ServerCommand {
    @Option(
            names = {"-f", "--file"},
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "A job file, a folder with job files (*.sql), or - for standard input. May be repeated.")
    private List<String> files = List.of();

    @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "What changes, and why: kept with each version that is made.")
    private @Nullable String message;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "A tag of the jobs that are created; those that are there keep theirs. May be repeated.")
    private List<String> tags = List.of();

    @Option(names = "--start", description = "Start the jobs as well.")
    private boolean start;

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    JobApply(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    /** What programs read: one element per file. */
    record Outcome(
            String file,
            String name,
            JobChange change,
            String diff,
            @Nullable JobView job,
            @Nullable CompatibilityView compatibility,
            @Nullable String notice) {}

    /** What became of the files: {@code exitCode} is not OK when the server refused some of them. */
    private record Sent(List<Outcome> outcomes, ExitCode exitCode) {}

    @Override
    protected ExitCode run(MillraceClient client) {
        JobsClient jobs = workspace.jobs(client);
        JobWait waiting = new JobWait(jobs, wait.limit(), surroundings().clock(), err());
        List<JobFile> read;
        try {
            read = new JobSources(surroundings(), err()::println).read(files);
        } catch (InvalidFilesException e) {
            e.problems().forEach(err()::println);
            return ExitCode.USAGE;
        }
        // One file is checked by the server before it changes anything; several need a round of their own.
        Sent sent = new Sent(List.of(), ExitCode.OK);
        if (dryRun || read.size() > 1) {
            sent = send(jobs, read, true);
        }
        if (!dryRun && sent.exitCode == ExitCode.OK) {
            sent = tagged(jobs, send(jobs, read, false));
        }
        if (!output.json()) {
            sent.outcomes.forEach(this::print);
        }
        if (sent.exitCode != ExitCode.OK || dryRun || !start) {
            return finish(sent.outcomes, sent.exitCode);
        }
        return start(jobs, sent.outcomes, waiting);
    }

    private Sent send(JobsClient client, List<JobFile> jobs, boolean dry) {
        List<Outcome> outcomes = new ArrayList<>();
        ExitCode exitCode = ExitCode.OK;
        for (JobFile job : jobs) {
            try {
                AppliedJob applied =
                        dry ? client.dryRun(job.name(), job.spec()) : client.apply(job.name(), job.spec(), message);
                outcomes.add(new Outcome(
                        job.file(),
                        job.name(),
                        applied.change(),
                        applied.diff(),
                        applied.job(),
                        applied.compatibility(),
                        applied.notice()));
            } catch (ApiException e) {
                exitCode = Failures.exitCode(e.problem());
                job.locate(e.problem()).forEach(err()::println);
            }
        }
        return new Sent(outcomes, exitCode);
    }

    private Sent tagged(JobsClient jobs, Sent sent) {
        if (tags.isEmpty()) {
            return sent;
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Outcome each : sent.outcomes) {
            @Nullable
            JobView job = each.change == JobChange.CREATED
                    ? jobs.label(each.name, new JobLabelsPatch(tags, null, null))
                    : each.job;
            outcomes.add(
                    new Outcome(each.file, each.name, each.change, each.diff, job, each.compatibility, each.notice));
        }
        return new Sent(outcomes, sent.exitCode);
    }

    /** Starts all before it waits for any, so that they start side by side. */
    private ExitCode start(JobsClient jobs, List<Outcome> outcomes, JobWait waiting) {
        List<JobView> before =
                outcomes.stream().map(outcome -> jobs.get(outcome.name)).toList();
        before.forEach(job -> jobs.start(job.name()));
        ExitCode exitCode = ExitCode.OK;
        List<Outcome> started = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            JobWait.Ended ended = waiting.untilStarted(before.get(i));
            exitCode = exitCode == ExitCode.OK ? ended.exitCode() : exitCode;
            Outcome outcome = outcomes.get(i);
            started.add(new Outcome(
                    outcome.file, outcome.name, outcome.change, outcome.diff, ended.job(), null, outcome.notice));
            hintAtRestart(ended.job());
        }
        return finish(started, exitCode);
    }

    private ExitCode finish(List<Outcome> outcomes, ExitCode exitCode) {
        if (output.json()) {
            out().println(PrettyJson.of(outcomes));
        }
        return exitCode;
    }

    private void hintAtRestart(JobView job) {
        if (job.runningVersion() != null && job.runningVersion() != job.version()) {
            err().println(job.name() + ": version " + job.runningVersion() + " runs; to run version " + job.version()
                    + ", stop it and start it again");
        }
    }

    private void print(Outcome outcome) {
        String done = outcome.change.name().toLowerCase(Locale.ROOT);
        String version = dryRun || outcome.job == null ? "" : " (version " + outcome.job.version() + ")";
        boolean future = dryRun && outcome.change != JobChange.UNCHANGED;
        out().println(outcome.name + ": " + (future ? "would be " : "") + done + version);
        if (outcome.notice != null) {
            err().println(outcome.name + ": " + outcome.notice);
        }
        if (dryRun && !outcome.diff.isEmpty()) {
            outcome.diff.lines().forEach(line -> out().println("  " + line));
        }
        if (outcome.compatibility != null) {
            StateTexts.lines(outcome.compatibility).forEach(line -> out().println("  " + line));
        }
    }
}
