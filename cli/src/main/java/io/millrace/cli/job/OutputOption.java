package io.millrace.cli.job;

import io.millrace.cli.console.OutputFormat;
import picocli.CommandLine.Option;

/** For people or for programs. */
final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = OutputFormat.TableOrJson.class,
            description = "table (default) or json.")
    private OutputFormat format = OutputFormat.TABLE;

    boolean json() {
        return format == OutputFormat.JSON;
    }
}
