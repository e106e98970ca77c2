package io.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.cli.access.AccessCommand;
import io.millrace.cli.access.ConsoleCommand;
import io.millrace.cli.catalog.CatalogCommand;
import io.millrace.cli.checkpoint.CheckpointCommand;
import io.millrace.cli.console.Failures;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.job.JobCommand;
import io.millrace.cli.job.SnapshotCommand;
import io.millrace.cli.lineage.LineageCommand;
import io.millrace.cli.sql.SqlCommand;
import io.millrace.cli.workspace.WorkspaceCommand;
import picocli.CommandLine;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;

/** The commands of this module. The launcher owns the root command and those of the local stack. */
public final class Commands {
    private Commands() {}

    /**
     * Adds the commands, and gives the whole tree one way to report failures and one encoding (UTF-8, whatever the locale
     * says: JSON and CSV are read by programs). Called by the launcher when all its own commands are there.
     */
    public static void addTo(CommandLine root, Surroundings surroundings, OutputStream out, OutputStream err) {
        addTo(root, surroundings);
        root.setOut(utf8(out));
        root.setErr(utf8(err));
    }

    static void addTo(CommandLine root, Surroundings surroundings) {
        root.addSubcommand(AccessCommand.commandLine(surroundings));
        root.addSubcommand(new ConsoleCommand(surroundings));
        root.addSubcommand(CatalogCommand.commandLine(surroundings));
        root.addSubcommand(CheckpointCommand.commandLine(surroundings));
        root.addSubcommand(JobCommand.commandLine(surroundings));
        root.addSubcommand(LineageCommand.commandLine(surroundings));
        root.addSubcommand(SnapshotCommand.commandLine(surroundings));
        root.addSubcommand(new SqlCommand(surroundings));
        root.addSubcommand(WorkspaceCommand.commandLine(surroundings));
        Failures failures = new Failures();
        root.setParameterExceptionHandler(failures);
        root.setExecutionExceptionHandler(failures);
    }

    private static PrintWriter utf8(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, UTF_8), true);
    }
}
