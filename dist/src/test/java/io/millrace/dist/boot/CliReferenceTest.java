package io.millrace.dist.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.console.Surroundings;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The reference page of the command line is what {@code --help} prints. */
class CliReferenceTest {
    private static final Path PAGE = Path.of(System.getProperty("millrace.root"), "docs", "reference", "cli.md");
    private static final int WIDTH = 100;

    private static final String HEAD = """
            # Command line

            What `millrace COMMAND --help` prints, command by command. In a clone the command is `./millrace`, in an unpacked distribution `bin/millrace`; `./millrace test`, which runs what CI runs, and `./millrace drill`, which runs the [drills](../reliability.md), are there in a clone only. [Exit codes](exit-codes.md) has the numbers that they end with, [The SQL prompt](../guide/sql-prompt.md) and [Jobs](../guide/jobs.md) say more about `sql` and `job`.
            """;

    @Test
    void thePageIsWhatTheCommandsSay() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        append(page, commandLine());

        if (Boolean.getBoolean("millrace.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/reference/cli.md; write it anew with -Dtest.jvm.args=-Dmillrace.update=true")
                .isEqualTo(page.toString());
    }

    @Test
    void everyCommandSaysWhatItDoes() {
        assertThat(commands(commandLine())).allSatisfy(command -> {
            var usage = command.getCommandSpec().usageMessage();
            assertThat(usage.header().length + usage.description().length)
                    .as(command.getCommandSpec().qualifiedName())
                    .isPositive();
        });
    }

    private static CommandLine commandLine() {
        return Main.commandLine(Surroundings.ofProcess(), System.out, System.err);
    }

    private static Set<CommandLine> commands(CommandLine command) {
        Set<CommandLine> all = new LinkedHashSet<>();
        all.add(command);
        visible(command).forEach(child -> all.addAll(commands(child)));
        return all;
    }

    private static Set<CommandLine> visible(CommandLine command) {
        return command.getSubcommands().values().stream()
                .filter(child -> !child.getCommandSpec().usageMessage().hidden())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void append(StringBuilder page, CommandLine command) {
        command.setUsageHelpWidth(WIDTH);
        String usage = command.getUsageMessage(Ansi.OFF)
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .strip();
        page.append("\n## ")
                .append(command.getCommandSpec().qualifiedName())
                .append("\n\n```\n")
                .append(usage)
                .append("\n```\n");
        visible(command).forEach(child -> append(page, child));
    }
}
