package io.millrace.cli.job;

import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.util.Optional;

/** In which workspace the job of a command is. */
public final class WorkspaceOption {
    private final Surroundings surroundings;

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "NAME",
            description = "The job's workspace. Default: $MILLRACE_WORKSPACE, else the workspace default.")
    private @Nullable String workspace;

    public WorkspaceOption(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public JobsClient jobs(MillraceClient client) {
        return client.jobs().in(name());
    }

    /** Its name. */
    public String name() {
        return workspace == null ? usual(surroundings) : workspace;
    }

    /** The workspace that was said, here or for all commands. */
    Optional<String> given() {
        return Optional.ofNullable(workspace).or(() -> surroundings.variable("MILLRACE_WORKSPACE"));
    }

    /** What a further command needs to mean the same workspace; empty if it does by itself. */
    public String repeated() {
        return workspace == null ? "" : " -w " + workspace;
    }

    /** Where jobs are when nothing is said. */
    static String usual(Surroundings surroundings) {
        return surroundings.variable("MILLRACE_WORKSPACE").orElse(JobsClient.DEFAULT_WORKSPACE);
    }
}
