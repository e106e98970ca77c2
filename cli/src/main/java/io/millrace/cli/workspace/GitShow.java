package io.millrace.cli.workspace;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.git.GitBindingView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "show",
        header = "Show where a workspace's jobs come from, which they are, and the last pull.",
        footer = {"", "Example: millrace workspace git show payments"})
final class GitShow extends OneWorkspace {
    @Mixin
    private final OutputOption output = new OutputOption();

    GitShow(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        GitBindingView binding = client.git().get(name());
        if (output.json()) {
            out().println(PrettyJson.of(binding));
        } else {
            GitTexts.describe(binding).forEach(out()::println);
        }
        return ExitCode.OK;
    }
}
