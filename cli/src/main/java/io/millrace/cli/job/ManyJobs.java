package io.millrace.cli.job;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobBulkAction;
import io.millrace.api.job.NewJobBulk.JobName;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.Confirmation;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which jobs a command is about: those that are named, or those that are selected. */
final class ManyJobs {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The job, or several.")
    private List<String> names = List.of();

    @Option(names = "--tag", paramLabel = "TAG", description = "All jobs with this tag. Repeated: with all of them.")
    private List<String> tags = List.of();

    @Option(names = "--owner", paramLabel = "OWNER", description = "All jobs of this user, or of group:NAME.")
    private @Nullable String owner;

    @Option(names = "--all", description = "All jobs: of the workspace, or of all that one sees.")
    private boolean all;

    @Option(names = "--dry-run", description = "Change nothing; say what would become of each job.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask before something is done to jobs that are selected.")
    private boolean yes;

    @Mixin
    private final WorkspaceOption workspace;

    ManyJobs(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.workspace = new WorkspaceOption(surroundings);
    }

    WorkspaceOption workspace() {
        return workspace;
    }

    /** The name of the only job that is meant, if it is named; then a command does what it does for one. */
    Optional<String> one() {
        return names.size() == 1 && !selects() && !dryRun ? Optional.of(names.get(0)) : Optional.empty();
    }

    private boolean selects() {
        return all || owner != null || !tags.isEmpty();
    }

    /** For an option that makes sense of one job alone. */
    static CommandFailure onlyForOne(String option) {
        return new CommandFailure(ExitCode.USAGE, option + " takes one job, by its name.");
    }

    /** Those that are meant, after a person has agreed to those that are selected. */
    List<JobName> of(MillraceClient client, JobBulkAction action, PrintWriter err) {
        if (names.isEmpty() == !selects()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    names.isEmpty()
                            ? "Name a job, or select jobs with --tag, --owner or --all."
                            : "Name jobs, or select them with --tag, --owner or --all; not both.");
        }
        if (!names.isEmpty()) {
            return names.stream()
                    .map(name -> new JobName(workspace.name(), name))
                    .toList();
        }
        String where = workspace.given().orElse(null);
        List<JobName> found = client.jobs().list(where, tags, owner).stream()
                .map(job -> new JobName(job.workspace(), job.name()))
                .toList();
        if (!found.isEmpty() && !yes && !dryRun) {
            String what = action.name().charAt(0) + action.name().substring(1).toLowerCase(Locale.ROOT);
            String many = found.size() == 1 ? "1 job" : found.size() + " jobs";
            new Confirmation(surroundings, err).require(what + " " + many + "?");
        }
        return found;
    }

    boolean dryRun() {
        return dryRun;
    }
}
