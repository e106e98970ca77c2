package io.millrace.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.sql.ResultColumn;
import io.millrace.api.sql.ResultRow;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.TextTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

class WritersTest {
    private static final List<ResultColumn> COLUMNS =
            List.of(new ResultColumn("path", "VARCHAR(100)"), new ResultColumn("views", "BIGINT NOT NULL"));

    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);

    @Test
    void aTableShowsNullAndKeepsControlCharactersFromTheTerminal() {
        write(new TableWriter(out, 80), row("+I", "/\u001b[2J", 7), row("+I", null, 1200));

        assertThat(text.toString().lines())
                .containsExactly(
                        "path     | views", //
                        "---------+------",
                        "/\\x1b[2J |     7",
                        "NULL     |  1200");
    }

    @Test
    void aTableHasTheKindOfChangeOnlyForResultsThatChange() {
        write(new TableWriter(out, 80), row("+I", "/", 1), row("-U", "/", 1), row("+U", "/", 2));

        assertThat(text.toString().lines())
                .containsExactly(
                        "op | path | views", //
                        "---+------+------",
                        "+I | /    |     1",
                        "-U | /    |     1",
                        "+U | /    |     2");
    }

    @Test
    void aChangeThatComesLateBringsTheColumnWithANewHeader() {
        TableWriter writer = new TableWriter(out, 80);
        writer.begin(COLUMNS);
        writer.rows(List.of(row("+I", "/", 1)));
        assertThat(text.toString()).isEmpty();
        writer.pause();
        writer.rows(List.of(row("-D", "/", 1)));
        writer.end();

        assertThat(text.toString().lines())
                .containsExactly(
                        "path | views", //
                        "-----+------",
                        "/    |     1",
                        "op | path | views",
                        "---+------+------",
                        "-D | /    |     1");
    }

    @Test
    void rowsThatTrickleInAreNotHeldBackForever() {
        TableWriter writer = new TableWriter(out, 80);
        writer.begin(COLUMNS);
        for (int i = 0; i < 5; i++) {
            writer.rows(List.of(row("+I", "/", i)));
        }

        assertThat(text.toString().lines()).hasSize(7);
    }

    @Test
    void anEmptyResultHasItsHeader() {
        write(new TableWriter(out, 80));

        assertThat(text.toString().lines()).hasSize(2);
    }

    @Test
    void aPlanIsPrintedAsTextAndNotAsATable() {
        TableWriter writer = new TableWriter(out, 20);
        writer.begin(List.of(new ResultColumn("result", "STRING")));
        writer.rows(List.of(new ResultRow("+I", List.of("== Plan ==\n  Sink\t(a very long line that is not cut)\n"))));
        writer.end();

        assertThat(text.toString().lines())
                .containsExactly("== Plan ==", "  Sink\\t(a very long line that is not cut)");
    }

    @Test
    void jsonIsOneObjectPerLineWithTheKindOfChangeWhereThereIsOne() {
        write(
                new JsonWriter(out),
                row("+I", "a\n\"b", 1),
                row("-U", null, 1),
                new ResultRow("+U", List.of("x", Map.of("k", List.of(1, 2)))));

        assertThat(text.toString()).isEqualTo("""
                        {"path":"a\\n\\"b","views":1}
                        {"$op":"-U","path":null,"views":1}
                        {"$op":"+U","path":"x","views":{"k":[1,2]}}
                        """);
    }

    @Test
    void jsonKeepsColumnsOfTheSameName() {
        JsonWriter writer = new JsonWriter(out);
        writer.begin(List.of(new ResultColumn("a", "INT"), new ResultColumn("a", "INT")));
        writer.rows(List.of(new ResultRow("+I", List.of(1, 2))));

        assertThat(text.toString()).isEqualTo("{\"a\":1,\"a_2\":2}\n");
    }

    @Test
    void csvQuotesWhatNeedsItAndTellsNullFromEmpty() {
        write(
                new CsvWriter(out),
                row("+I", "a,b", 1),
                row("+I", "say \"hi\"", 2),
                row("+I", "two\nlines", 3),
                row("+I", "", 4),
                row("+I", null, 5),
                row("+I", " x", 6),
                new ResultRow("+I", List.of(List.of(1, 2), 7)));

        assertThat(text.toString()).isEqualTo("""
                path,views
                "a,b",1
                "say ""hi\""",2
                "two
                lines",3
                "",4
                ,5
                " x",6
                "[1,2]",7
                """);
    }

    @Test
    void csvRefusesWhatItCannotSay() {
        assertThatThrownBy(() -> write(new CsvWriter(out), row("+I", "/", 1), row("-U", "/", 1)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--output json");
    }

    @Test
    void aTableForAPipeIsNotCut() {
        write(new TableWriter(out, TextTable.UNLIMITED), row("+I", "x".repeat(500), 1));

        assertThat(text.toString()).contains("x".repeat(500));
    }

    private static void write(ResultWriter writer, ResultRow... rows) {
        writer.begin(COLUMNS);
        writer.rows(List.of(rows));
        writer.end();
    }

    private static ResultRow row(String op, @Nullable String path, int views) {
        return new ResultRow(op, Arrays.asList(path, views));
    }
}
