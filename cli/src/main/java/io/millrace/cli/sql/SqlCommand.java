package io.millrace.cli.sql;

import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;

/** {@code millrace sql}. */
@Command(name = "sql", header = "Run SQL.")
public final class SqlCommand extends ServerCommand {
    public SqlCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        return ExitCode.FAILED;
    }
}
