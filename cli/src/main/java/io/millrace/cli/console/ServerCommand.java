package io.millrace.cli.console;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.client.UnreachableException;
import io.millrace.cli.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** A command that talks to a server: finds it, and says so when it is not there. */
public abstract class ServerCommand extends HelpfulCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ServerOption server;

    @Spec
    private CommandSpec spec;

    /** {@code spec} is set by picocli before a command is run. */
    @SuppressWarnings("NullAway.Init")
    protected ServerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.server = new ServerOption(surroundings);
    }

    /** Does the work. */
    protected abstract ExitCode run(MillraceClient client);

    @Override
    public final Integer call() {
        try {
            return run(server.client()).number();
        } catch (UnreachableException e) {
            throw server.explain(e);
        } finally {
            out().flush();
            err().flush();
        }
    }

    /** Where the server is, without a slash at the end. */
    protected final String server() {
        return server.address().uri().toString().replaceFirst("/$", "");
    }

    protected final Surroundings surroundings() {
        return surroundings;
    }

    /** Results, and nothing else. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** What people want to know besides the result. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
