package io.millrace.flink.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

class RowJsonTest {
    private static Object written(DataType type, Object value) {
        RowJson json = new RowJson(ResolvedSchema.of(Column.physical("c", type)), ZoneId.of("Europe/Berlin"));
        return json.write(Row.of(value)).values().get(0);
    }

    @Test
    void writesNumbersAsNumbersAndDecimalsAsText() {
        assertThat(written(DataTypes.BIGINT(), 7L)).isEqualTo(7L);
        assertThat(written(DataTypes.DOUBLE(), 1.5)).isEqualTo(1.5);
        assertThat(written(DataTypes.DOUBLE(), Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
        assertThat(written(DataTypes.DECIMAL(10, 2), new BigDecimal("1E+3"))).isEqualTo("1000");
    }

    @Test
    void writesTimesAsFlinkPrintsThem() {
        assertThat(written(DataTypes.DATE(), LocalDate.of(2026, 1, 2))).isEqualTo("2026-01-02");
        assertThat(written(DataTypes.TIMESTAMP(3), LocalDateTime.of(2026, 1, 2, 3, 4, 5)))
                .isEqualTo("2026-01-02 03:04:05.000");
        assertThat(written(DataTypes.TIMESTAMP(0), LocalDateTime.of(2026, 1, 2, 3, 4, 5)))
                .isEqualTo("2026-01-02 03:04:05");
        assertThat(written(DataTypes.TIMESTAMP_LTZ(3), Instant.parse("2026-01-02T00:00:00Z")))
                .isEqualTo("2026-01-02 01:00:00.000");
    }

    @Test
    void writesNestedValuesAsJson() {
        DataType nested = DataTypes.ROW(
                DataTypes.FIELD("a", DataTypes.ARRAY(DataTypes.DATE())),
                DataTypes.FIELD("m", DataTypes.MAP(DataTypes.INT(), DataTypes.STRING())));

        Object value = written(nested, Row.of(new LocalDate[] {LocalDate.of(2026, 1, 2), null}, Map.of(1, "x")));

        assertThat(value).isEqualTo(Map.of("a", Arrays.asList("2026-01-02", null), "m", Map.of("1", "x")));
    }

    @Test
    void keepsTheKindOfChange() {
        RowJson json = new RowJson(ResolvedSchema.of(Column.physical("c", DataTypes.INT())), ZoneId.of("UTC"));

        assertThat(json.write(Row.ofKind(RowKind.UPDATE_BEFORE, 1)).op()).isEqualTo("-U");
        assertThat(json.bytes()).isPositive();
    }

    @Test
    void countsWhatTextTakes() {
        RowJson json = new RowJson(ResolvedSchema.of(Column.physical("c", DataTypes.STRING())), ZoneId.of("UTC"));

        List<Object> unused = json.write(Row.of("x".repeat(1000))).values();

        assertThat(json.bytes()).isGreaterThan(1000);
    }
}
