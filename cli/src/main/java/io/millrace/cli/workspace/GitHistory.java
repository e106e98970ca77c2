package io.millrace.cli.workspace;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.git.GitPullView;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;

@Command(
        name = "history",
        header = "List the pulls of a workspace, newest first.",
        footer = {"", "Example: millrace workspace git history payments --limit 5"})
final class GitHistory extends OneWorkspace {
    private static final List<Column> COLUMNS = List.of(
            Column.right("pull"),
            Column.left("at"),
            Column.left("by"),
            Column.left("commit"),
            Column.left("outcome"),
            Column.left("reason"));

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "Most pulls to show. Default: 20.")
    private int limit;

    @Mixin
    private final OutputOption output = new OutputOption();

    GitHistory(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        List<GitPullView> pulls = client.git()
                .pulls(name(), Math.max(1, Math.min(limit, 200)), null)
                .items();
        if (output.json()) {
            out().println(PrettyJson.of(pulls));
        } else {
            List<List<String>> rows = pulls.stream().map(GitHistory::row).toList();
            TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        }
        return ExitCode.OK;
    }

    private static List<String> row(GitPullView pull) {
        return List.of(
                Long.toString(pull.number()),
                pull.startedAt().toString(),
                pull.by() == null ? "(interval)" : pull.by(),
                pull.commit() == null ? "" : GitTexts.commit(pull.commit()),
                pull.state() + (pull.dryRun() ? " (dry run)" : ""),
                pull.reason());
    }
}
