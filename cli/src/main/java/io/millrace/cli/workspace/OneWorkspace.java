package io.millrace.cli.workspace;

import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Parameters;

/** A command about one workspace. */
abstract class OneWorkspace extends ServerCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The workspace.")
    private String name = "";

    OneWorkspace(Surroundings surroundings) {
        super(surroundings);
    }

    final String name() {
        return name;
    }
}
