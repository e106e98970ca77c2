package io.millrace.server.flinkclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.api.sql.ResultColumn;
import io.millrace.api.sql.ResultRow;
import io.millrace.server.flinkclient.FlinkClientMessages.Table;
import io.millrace.server.flinkclient.FlinkRows.Format;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class FlinkRowsTest {
    @Test
    void scalarsAreWrittenAsFlinksClientsReadThem() {
        assertThat(json("INT NOT NULL", 7)).isEqualTo("{'type':'INTEGER','nullable':false} 7");
        assertThat(json("STRING", "a")).isEqualTo("{'type':'VARCHAR','nullable':true,'length':2147483647} 'a'");
        assertThat(json("DECIMAL(10, 2)", "1.50"))
                .isEqualTo("{'type':'DECIMAL','nullable':true,'precision':10,'scale':2} '1.50'");
        assertThat(json("VARBINARY(3)", "00ff10")).isEqualTo("{'type':'VARBINARY','nullable':true,'length':3} 'AP8Q'");
        assertThat(json("BOOLEAN", null)).isEqualTo("{'type':'BOOLEAN','nullable':true} null");
        assertThat(json("NULL", null)).isEqualTo("{'type':'NULL','nullable':true} null");
    }

    @Test
    void timesAreIsoAndLocalOnesEndWithZ() {
        assertThat(json("TIME(0)", "10:11:12"))
                .isEqualTo("{'type':'TIME_WITHOUT_TIME_ZONE','nullable':true,'precision':0} '10:11:12'");
        assertThat(json("TIMESTAMP(3) *ROWTIME*", "2026-01-02 10:11:12.123"))
                .isEqualTo("{'type':'TIMESTAMP_WITHOUT_TIME_ZONE','nullable':true,'precision':3}"
                        + " '2026-01-02T10:11:12.123'");
        assertThat(json("TIMESTAMP_LTZ(3) *PROCTIME* NOT NULL", "2026-01-02 10:11:12.123"))
                .isEqualTo("{'type':'TIMESTAMP_WITH_LOCAL_TIME_ZONE','nullable':false,'precision':3}"
                        + " '2026-01-02T10:11:12.123Z'");
    }

    @Test
    void nestedValuesAreConvertedInTheirDepths() {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("at", List.of("2026-01-02 00:00:00"));
        row.put("m", null);

        assertThat(json("ROW<`at` ARRAY<TIMESTAMP(0)>, `m` MAP<STRING, BYTES>>", row))
                .startsWith("{'type':'ROW','nullable':true,'fields':[{")
                .endsWith(" {'at':['2026-01-02T00:00:00'],'m':null}");
        assertThat(json("MAP<CHAR(1) NOT NULL, BYTES>", Map.of("k", "ff")))
                .startsWith("{'type':'MAP'")
                .endsWith(" {'k':'/w=='}");
        assertThat(json("MULTISET<STRING>", Map.of("k", 2))).endsWith(" {'k':2}");
    }

    @Test
    void whatFlinksClientsCannotReadIsText() {
        String text = "{'type':'VARCHAR','nullable':true,'length':2147483647} ";

        assertThat(json("MAP<INT, BOOLEAN>", Map.of("1", true))).isEqualTo(text + "'{1=TRUE}'");
        assertThat(json("ARRAY<MAP<INT, STRING>>", List.of(Map.of("1", "a")))).isEqualTo(text + "'[{1=a}]'");
        assertThat(json("INTERVAL DAY(3) TO SECOND(6)", "PT24H")).isEqualTo(text + "'PT24H'");
        assertThat(json("VARIANT", "{}")).isEqualTo(text + "'{}'");
        assertThat(json("RAW('x.Y', '...')", "y")).isEqualTo(text + "'y'");
    }

    @Test
    void plainTextIsWhatFlinkPrints() {
        assertThat(plain("BOOLEAN", true)).isEqualTo("TRUE");
        assertThat(plain("BYTES", "6d")).isEqualTo("x'6d'");
        assertThat(plain("ARRAY<INT>", Arrays.asList(1, null))).isEqualTo("[1, NULL]");
        assertThat(plain("ROW<`a` INT, `b` BOOLEAN>", Map.of("a", 1, "b", false)))
                .isEqualTo("(1, FALSE)");
        assertThat(plain("MAP<STRING, INT>", Map.of("k", 1))).isEqualTo("{k=1}");
        assertThat(plain("INT", null)).isNull();
    }

    @Test
    void everyChangeHasItsKind() {
        List<ResultRow> rows = List.of("+I", "-U", "+U", "-D").stream()
                .map(op -> new ResultRow(op, List.<@Nullable Object>of(1)))
                .toList();

        Table table = new FlinkRows(List.of(new ResultColumn("n", "INT")), Format.JSON).table(rows);

        assertThat(table.data())
                .extracting(FlinkClientMessages.Row::kind)
                .containsExactly("INSERT", "UPDATE_BEFORE", "UPDATE_AFTER", "DELETE");
    }

    private static String json(String type, @Nullable Object value) {
        Table table = table(type, value, Format.JSON);
        return (Json.write(table.columns().get(0).logicalType()) + " "
                        + Json.write(table.data().get(0).fields()).replaceAll("^.|.$", ""))
                .replace('"', '\'');
    }

    private static @Nullable Object plain(String type, @Nullable Object value) {
        return table(type, value, Format.PLAIN_TEXT).data().get(0).fields().get(0);
    }

    private static Table table(String type, @Nullable Object value, Format format) {
        return new FlinkRows(List.of(new ResultColumn("c", type)), format)
                .table(List.of(new ResultRow("+I", Arrays.asList(value))));
    }
}
