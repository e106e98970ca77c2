package io.millrace.dist.demo;

import static io.millrace.cli.ExitCode.FAILED;

import io.millrace.api.client.SqlClient;
import io.millrace.cli.console.CommandFailure;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The example's tables, asked by SQL. What is asked here, the streaming jobs wrote. */
final class Warehouse implements AutoCloseable {
    private static final int SHOWN_DIFFERENCES = 10;

    private final SqlSession session;
    private final SqlSession checkSession;
    private final String checkQuery;

    /** Lines that went all the way through. */
    record Arrived(long detail, long quarantined) {
        long lines() {
            return detail + quarantined;
        }
    }

    Warehouse(SqlClient client, Example example) {
        Map<String, String> batch = Map.of("execution.runtime-mode", "batch", "table.local-time-zone", "UTC");
        this.session = new SqlSession(client, batch);
        this.checkSession = new SqlSession(client, batch);
        List<String> check = example.check();
        this.checkQuery = check.get(check.size() - 1);
    }

    void run(List<String> statements) {
        statements.forEach(session::run);
    }

    /** Runs what comes before the check's query. Its tables must be there. */
    void prepareCheck(List<String> check) {
        check.subList(0, check.size() - 1).forEach(checkSession::run);
    }

    Arrived arrived() {
        long detail = 0;
        long quarantined = 0;
        for (List<@Nullable Object> row : session.run("SELECT 'detail' AS kind, requests AS line_count"
                + " FROM postgres.traffic.totals UNION ALL SELECT 'quarantined', line_count"
                + " FROM postgres.traffic.refused_lines")) {
            if ("detail".equals(row.get(0))) {
                detail += number(row.get(1));
            } else {
                quarantined += number(row.get(1));
            }
        }
        return new Arrived(detail, quarantined);
    }

    /** Rows in Parquet files that a checkpoint has committed. */
    long archived() {
        return number(session.run("SELECT COUNT(*) FROM warehouse.traffic.detail")
                .get(0)
                .get(0));
    }

    /** The rows in which the streaming and the offline result differ, as text. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (List<@Nullable Object> row : checkSession.run(checkQuery)) {
            differences.add(row.get(0) + " " + row.get(1) + ": " + row.get(2) + " (streamed " + row.get(3)
                    + " times, recomputed " + row.get(4) + " times)");
        }
        return differences;
    }

    DemoResult result(Arrived arrived, String ui) {
        // No row when not a single line could be read.
        List<@Nullable Object> totals =
                session.run("SELECT page_views, visitors, bots FROM postgres.traffic.totals").stream()
                        .findFirst()
                        .orElse(List.of(0, 0, 0));
        Map<String, Long> statuses = new TreeMap<>();
        session.run("SELECT status, requests FROM postgres.traffic.statuses")
                .forEach(row -> statuses.put(String.valueOf(row.get(0)), number(row.get(1))));
        Map<Long, DemoResult.TopPage> pages = new TreeMap<>();
        session.run("SELECT place, path, page_views FROM postgres.traffic.top_pages")
                .forEach(row -> pages.put(
                        number(row.get(0)), new DemoResult.TopPage(String.valueOf(row.get(1)), number(row.get(2)))));
        return new DemoResult(
                arrived.lines(),
                arrived.quarantined(),
                arrived.detail(),
                number(totals.get(0)),
                number(totals.get(1)),
                number(totals.get(2)),
                statuses,
                List.copyOf(pages.values()),
                true,
                new DemoResult.Seconds(0, 0),
                ui);
    }

    static CommandFailure differ(List<String> differences) {
        var text = new StringBuilder("The streaming result differs from the offline result in " + differences.size()
                + " rows. The first of them:");
        differences.stream()
                .limit(SHOWN_DIFFERENCES)
                .forEach(row -> text.append("\n  ").append(row));
        return new CommandFailure(FAILED, text.toString());
    }

    @Override
    public void close() {
        session.close();
        checkSession.close();
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : Long.parseLong(String.valueOf(value));
    }
}
