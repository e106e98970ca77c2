package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.CompatibilityView;
import io.millrace.api.job.ProofView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        header = "Say what becomes of a job's state when it goes on with another version.",
        description = {
            "",
            "IDENTICAL and COMPATIBLE keep all of it, PARTIAL some; INCOMPATIBLE means that an operator cannot read"
                    + " its state any more, UNKNOWN that nobody can tell.",
            "",
            "With --prove the version restores a snapshot on the cluster, beside what runs, writes nothing and is ended;"
                    + " this waits for the result. Exit code 0: PROVEN, 1: REFUSED, or it could not be tried.",
            ""
        },
        footer = {"", "Example: millrace job compare page-views --from 3"},
        sortOptions = false)
final class JobCompare extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The job.")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "The version whose state it is. Default: the one that runs or ran last.")
    private @Nullable Long from;

    @Option(
            names = "--to",
            paramLabel = "N",
            description = "The version that is to take it over. Default: the newest one.")
    private @Nullable Long to;

    @Option(names = "--prove", description = "Try it on the cluster. Takes OPERATE, and free slots.")
    private boolean prove;

    @Option(
            names = "--snapshot",
            paramLabel = "SNAPSHOT",
            description =
                    "With --prove: the id or the path of a snapshot of the job. Default: a savepoint of the running"
                            + " job, which is taken for it, or what the next start goes on from.")
    private @Nullable String snapshot;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WorkspaceOption workspace;

    JobCompare(Surroundings surroundings) {
        super(surroundings);
        this.workspace = new WorkspaceOption(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        JobsClient jobs = workspace.jobs(client);
        long wanted = to == null ? jobs.get(name).version() : to;
        if (prove ? from != null : snapshot != null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    prove
                            ? "--from: the snapshot says whose state a proof restores; name one with --snapshot."
                            : "--snapshot goes with --prove: a comparison reads no snapshot.");
        }
        return prove ? proven(jobs, wanted) : compared(jobs, wanted);
    }

    private ExitCode proven(JobsClient jobs, long wanted) {
        ProofView proof = new ProofRun(jobs, surroundings().clock(), err()).prove(name, wanted, snapshot);
        out().println(output.json() ? PrettyJson.of(proof) : ProofRun.text(proof));
        return ProofRun.exitCode(proof);
    }

    private ExitCode compared(JobsClient jobs, long wanted) {
        CompatibilityView found = jobs.compatibility(name, wanted, from);
        if (output.json()) {
            out().println(PrettyJson.of(found));
        } else {
            StateTexts.lines(found).forEach(out()::println);
        }
        return ExitCode.OK;
    }
}
