package io.millrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.catalog.ResolvedTable;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class HintsTest {
    private static final ResolvedTable STORED = new ResolvedTable(
            "1@1",
            Map.of("connector", "kafka", "topic", "orders", "scan.startup.mode", "earliest-offset"),
            List.of("scan.startup.mode", "scan.watermark.*"),
            Map.of());

    @Test
    void changesHowATableIsRead() {
        assertThat(Hints.changes(Map.of("ref", "1@1", "scan.startup.mode", "latest-offset"), STORED))
                .containsExactly(Map.entry("scan.startup.mode", "latest-offset"));
    }

    @Test
    void seesNoChangeInWhatIsTheSame() {
        assertThat(Hints.changes(Map.of("connector", "millrace", "ref", "1@1", "topic", "orders"), STORED))
                .isEmpty();
    }

    @Test
    void refusesToReadAnotherPlace() {
        for (String key : new String[] {
            "topic", "path", "url", "properties.bootstrap.servers", "table-name", "scan.watermark.", "scan"
        }) {
            assertThatThrownBy(() -> Hints.changes(Map.of(key, "elsewhere"), STORED))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("'" + key + "'")
                    .hasMessageNotContaining("elsewhere");
        }
    }
}
