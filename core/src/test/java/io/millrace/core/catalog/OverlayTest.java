package io.millrace.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class OverlayTest {
    private static final Column ID = Column.physical("id", "BIGINT");
    private static final Column TS = Column.physical("ts", "BIGINT");
    private static final Column AT = Column.computed("at", "TO_TIMESTAMP_LTZ(`ts`, 3)");
    private static final Watermark LATE = new Watermark("at", "`at` - INTERVAL '5' SECOND");
    private static final TableSpec WHOLE = new TableSpec(
            List.of(ID, AT, TS),
            Optional.empty(),
            List.of(LATE),
            List.of(),
            Map.of("mine", "1", "stored", "2"),
            Optional.of("orders"),
            Optional.empty());

    @Test
    void takesATableApartAndPutsItTogether() {
        TableSpec physical = Overlay.physical(WHOLE, "stored"::equals);

        assertThat(physical.columns()).containsExactly(ID, TS);
        assertThat(physical.watermarks()).isEmpty();
        assertThat(physical.options()).isEqualTo(Map.of("stored", "2"));
        assertThat(overlay().over(physical)).isEqualTo(WHOLE);
    }

    @Test
    void laysItselfOverANewStructure() {
        Column added = Column.physical("added", "INT");

        TableSpec next = overlay().over(TableSpec.of(List.of(added, TS), Map.of()));

        assertThat(next.columns()).containsExactly(added, TS, AT);
        assertThat(next.watermarks()).containsExactly(LATE);
        assertThat(next.options()).isEqualTo(Map.of("mine", "1"));
    }

    @Test
    void staysBehindAColumnThatWasRenamed() {
        Column key = Column.physical("key", "BIGINT");

        TableSpec next = overlay().renamed(Map.of("id", "key")).over(TableSpec.of(List.of(key, TS), Map.of()));

        assertThat(next.columns()).containsExactly(key, AT, TS);
    }

    @Test
    void givesWayToAColumnOfTheStore() {
        Column own = Column.physical("at", "TIMESTAMP(3)");

        TableSpec next = overlay().over(TableSpec.of(List.of(ID, own), Map.of()));

        assertThat(next.columns()).containsExactly(ID, own);
        assertThat(next.watermarks()).containsExactly(LATE);
    }

    @Test
    void leavesOutAWatermarkWithoutItsColumn() {
        var onStored = new TableSpec(
                List.of(ID, TS),
                Optional.empty(),
                List.of(new Watermark("ts", "`ts`")),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());

        TableSpec next = Overlay.of(onStored, key -> false).over(TableSpec.of(List.of(ID), Map.of()));

        assertThat(next.watermarks()).isEmpty();
    }

    private static Overlay overlay() {
        return Overlay.of(WHOLE, "stored"::equals);
    }
}
