package io.millrace.cli;

import picocli.CommandLine;

/** The commands that talk to a server, for whoever builds a {@code millrace} command line around them. */
public final class Commands {
    private Commands() {}

    /** Hangs every command of this module below {@code root}. */
    public static void addTo(CommandLine root) {
        // The commands follow.
    }
}
