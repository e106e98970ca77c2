package io.millrace.cli.sql;

import io.millrace.api.client.MillraceClient;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.text.Durations;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.OutputFormat;
import io.millrace.cli.console.Screen;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code millrace sql}: a prompt, or statements from options, files or standard input. */
@Command(
        name = "sql",
        header = "Run SQL, at a prompt or at once.",
        description = {
            "",
            "Without -e and -f it is a prompt; when its input is not a terminal, it runs the script that comes in. Results go"
                    + " to standard output, everything else to standard error. It stops at the first statement that fails:"
                    + " exit code 2 when the statement is not valid, 1 when it failed while it ran.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  millrace sql -e \"SELECT * FROM postgres.traffic.page_views_1m LIMIT 5\"",
            "  millrace sql -f report.sql --output csv > report.csv"
        },
        sortOptions = false)
public final class SqlCommand extends ServerCommand {
    private static final int MOST_SECONDS = 3600;

    @Option(
            names = {"-e", "--execute"},
            paramLabel = "SQL",
            description = "Statements to run. May be repeated.")
    private List<String> statements = List.of();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A script to run, or - for standard input. May be repeated; files run after -e.")
    private List<String> files = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = OutputFormat.Any.class,
            description = "table (default), json (one object per row and line) or csv.")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(names = "--catalog", paramLabel = "NAME", description = "The current catalog. Default: warehouse.")
    private @Nullable String catalog;

    @Option(names = "--database", paramLabel = "NAME", description = "The current database. Default: default.")
    private @Nullable String database;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the session, like SET. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--max-rows",
            paramLabel = "N",
            description = "End a query after so many rows. Default: 10000, at most 100000.")
    private @Nullable Integer maxRows;

    @Option(
            names = "--max-time",
            paramLabel = "TIME",
            description = "End a query after this time, such as 30s or 5min. Default: 5min, at most 1h.")
    private @Nullable String maxTime;

    public SqlCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        Limits limits = new Limits(maxRows, seconds());
        Screen screen = surroundings().screen();
        boolean atOnce = !statements.isEmpty() || !files.isEmpty() || !screen.input();
        if (!atOnce && !screen.output()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "A prompt needs a terminal. Name statements with -e or a script with -f.");
        }
        NewSqlSession wanted = new NewSqlSession(catalog, database, settings.isEmpty() ? null : settings);
        try (SqlConnection connection = new SqlConnection(client, wanted)) {
            return atOnce ? once(connection, limits) : Shell.open(client, connection, limits, surroundings());
        }
    }

    private ExitCode once(SqlConnection connection, Limits limits) {
        Screen screen = surroundings().screen();
        List<Source> sources = sources();
        Progress progress = screen.error() ? Progress.on(err(), screen.columns()) : Progress.none(err());
        StatementRunner runner = new StatementRunner(connection.sql(), limits, progress, out()::checkError);
        return new OneShot(connection, runner, this::writer, format, err()).run(sources);
    }

    private List<Source> sources() {
        if (statements.isEmpty() && files.isEmpty()) {
            return List.of(Source.file("-", surroundings()));
        }
        return Stream.concat(
                        statements.stream().map(Source::statement),
                        files.stream().map(file -> Source.file(file, surroundings())))
                .toList();
    }

    private ResultWriter writer() {
        return switch (format) {
            case TABLE -> new TableWriter(out(), surroundings().screen().tableLimit());
            case JSON -> new JsonWriter(out());
            case CSV -> new CsvWriter(out());
        };
    }

    private @Nullable Integer seconds() {
        if (maxTime == null) {
            return null;
        }
        return Durations.parse(maxTime.matches("\\d{1,9}") ? maxTime + " s" : maxTime)
                .map(duration -> (int) Math.min(Integer.MAX_VALUE, duration.toSeconds()))
                .filter(seconds -> seconds >= 1 && seconds <= MOST_SECONDS)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "--max-time: '" + maxTime + "' is not a time from 1 s to 1 h. Write it like 30s or 5min."));
    }
}
