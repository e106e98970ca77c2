package io.millrace.cli.workspace;

import io.millrace.api.client.GitClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.git.GitPullState;
import io.millrace.api.git.GitPullView;
import io.millrace.api.git.NewGitPull;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

@Command(
        name = "pull",
        header = "Read the newest commit and write its jobs, all of them or none.",
        description = {
            "",
            "A job that runs goes on with its version until it is deployed. A job whose file is gone stays as it is.",
            ""
        },
        footer = {"", "Example: millrace workspace git pull payments --dry-run"},
        sortOptions = false)
final class GitPull extends OneWorkspace {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--take-over",
            description = "Replace the content of jobs that did not come from this repository, too.")
    private boolean takeOver;

    @Mixin
    private final OutputOption output = new OutputOption();

    GitPull(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        GitPullView pull = ended(client.git(), client.git().pull(name(), new NewGitPull(dryRun, takeOver)));
        if (output.json()) {
            out().println(PrettyJson.of(pull));
        } else {
            GitTexts.jobs(pull).forEach(out()::println);
            GitTexts.problems(pull).forEach(err()::println);
            boolean good = exitCode(pull.state()) == ExitCode.OK;
            (good ? out() : err()).println(GitTexts.outcome(pull));
        }
        return exitCode(pull.state());
    }

    private GitPullView ended(GitClient git, GitPullView begun) {
        GitPullView pull = begun;
        try {
            while (pull.state() == GitPullState.RUNNING) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
                pull = git.pull(name(), pull.number());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return pull;
    }

    private static ExitCode exitCode(GitPullState state) {
        return switch (state) {
            case APPLIED, UNCHANGED, PLANNED -> ExitCode.OK;
            case REFUSED -> ExitCode.USAGE;
            case FAILED, INTERRUPTED -> ExitCode.FAILED;
            case RUNNING -> ExitCode.TIMED_OUT;
        };
    }
}
