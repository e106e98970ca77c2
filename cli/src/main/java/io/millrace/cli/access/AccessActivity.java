package io.millrace.cli.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.api.Json;
import io.millrace.api.Page;
import io.millrace.api.access.ActivityView;
import io.millrace.api.client.AccessClient.ActivityQuery;
import io.millrace.api.client.MillraceClient;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.ServerCommand;
import io.millrace.cli.console.Surroundings;
import io.millrace.cli.console.TextTable;
import io.millrace.cli.console.TextTable.Column;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Stream;

@Command(
        name = "activity",
        header = "Show who did what, newest first.",
        footer = {"", "Example: millrace access activity --by alice --failed"})
final class AccessActivity extends ServerCommand {
    private static final int LARGEST_PAGE = 1000;
    private static final int TABLE_LINES = 50;

    @Option(names = "--by", paramLabel = "USER", description = "Only what this user did.")
    private @Nullable String by;

    @Option(names = "--action", paramLabel = "ACTION", description = "Only this action, such as table.drop.")
    private @Nullable String action;

    @Option(
            names = "--object",
            paramLabel = "TEXT",
            description = "Only what was done to objects whose path contains this.")
    private @Nullable String object;

    @Option(names = "--failed", description = "Only what was refused or failed.")
    private boolean failed;

    @Option(names = "--since", paramLabel = "TIME", description = "Nothing before, such as 2026-03-01T08:00:00Z.")
    private @Nullable String since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many; by default 50 in a table, and all as JSON lines.")
    private @Nullable Integer limit;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|jsonl",
            description = "A table for people, or JSON lines.")
    private Format output = Format.table;

    AccessActivity(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run(MillraceClient client) {
        ActivityQuery query = new ActivityQuery(by, action, object, failed, time(since));
        List<Column> columns = Stream.of("at", "by", "action", "object", "outcome", "from")
                .map(Column::left)
                .toList();
        TextTable table = new TextTable(columns, surroundings().screen().tableLimit());
        boolean first = true;
        String token = null;
        int left = limit != null ? limit : output == Format.jsonl ? Integer.MAX_VALUE : TABLE_LINES;
        do {
            Page<ActivityView> page = client.access().activity(query, Math.max(1, Math.min(left, LARGEST_PAGE)), token);
            List<ActivityView> shown =
                    page.items().subList(0, Math.min(left, page.items().size()));
            if (output == Format.jsonl) {
                shown.forEach(each -> out().println(json(each)));
            } else {
                List<List<String>> rows =
                        shown.stream().map(AccessActivity::row).toList();
                table.measure(rows);
                if (first) {
                    table.header().forEach(out()::println);
                }
                rows.forEach(row -> out().println(table.row(row)));
            }
            first = false;
            left -= shown.size();
            token = page.nextPageToken();
        } while (token != null && left > 0);
        return ExitCode.OK;
    }

    private static List<String> row(ActivityView each) {
        return List.of(each.at().toString(), each.by(), each.action(), each.object(), each.outcome(), each.from());
    }

    private static String json(ActivityView activity) {
        try {
            return Json.lenient().writeValueAsString(activity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--since: '" + text + "' is not a time. Write it like 2026-03-01T08:00:00Z.");
        }
    }

    @SuppressWarnings("checkstyle:ConstantName")
    private enum Format {
        table,
        jsonl
    }
}
