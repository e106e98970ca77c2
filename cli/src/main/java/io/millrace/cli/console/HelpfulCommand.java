package io.millrace.cli.console;

import picocli.CommandLine.Option;

/** A command with {@code --help}. */
public abstract class HelpfulCommand {
    // Picocli asks the option, not the field; the field only has to be there.
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;
}
