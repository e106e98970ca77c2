package io.millrace.cli.console;

import picocli.CommandLine.Option;

/** For people or for programs. */
public final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = OutputFormat.TableOrJson.class,
            description = "table (default) or json.")
    private OutputFormat format = OutputFormat.TABLE;

    public boolean json() {
        return format == OutputFormat.JSON;
    }
}
