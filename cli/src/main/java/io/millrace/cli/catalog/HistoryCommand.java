package io.millrace.cli.catalog;

import io.millrace.api.catalog.TableChangeCause;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.OutputOption;
import io.millrace.cli.console.PrettyJson;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Instant;
import java.util.List;

/** Shows the versions of something, newest first. */
abstract class HistoryCommand<V> extends ServerCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.right("version"),
            Column.left("at"),
            Column.left("cause"),
            Column.left("author"),
            Column.left("what"));

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Most versions to show. Default: 50.")
    private int limit;

    @Mixin
    private final OutputOption output = new OutputOption();

    HistoryCommand(Surroundings surroundings) {
        super(surroundings);
    }

    protected abstract List<V> versions(MillraceClient client, int most);

    protected abstract Entry entry(V version);

    /** Says on standard error what is to be said of the newest version. */
    protected void tell(MillraceClient client, Entry newest) {}

    @Override
    protected final ExitCode run(MillraceClient client) {
        List<V> versions = versions(client, limit);
        if (output.json()) {
            out().println(PrettyJson.of(versions));
            return ExitCode.OK;
        }
        List<Entry> entries = versions.stream().map(this::entry).toList();
        List<List<String>> rows = entries.stream().map(Entry::row).toList();
        TextTable.lines(COLUMNS, rows, surroundings().screen().tableLimit()).forEach(out()::println);
        entries.stream().findFirst().ifPresent(newest -> tell(client, newest));
        return ExitCode.OK;
    }

    /** What is shown of a version. */
    record Entry(long version, Instant at, TableChangeCause cause, String author, String summary) {
        private List<String> row() {
            return List.of(Long.toString(version), at.toString(), cause.name(), author, summary);
        }
    }
}
