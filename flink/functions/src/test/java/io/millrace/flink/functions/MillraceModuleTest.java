package io.millrace.flink.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.table.factories.Factory;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

class MillraceModuleTest {
    private static final String LINE = "h - - [01/Jan/2024:00:00:00 +0000] \"GET /\u00e4 HTTP/1.1\" 200 1 \"-\" \"-\"";

    private final MillraceModule module = new MillraceModule();

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(Factory.class))
                .filteredOn(factory -> factory.factoryIdentifier().equals("millrace"))
                .hasAtLeastOneElementOfType(MillraceModuleFactory.class);
    }

    @Test
    void hasEveryFunctionThatItListsInAnyCase() {
        assertThat(module.listFunctions())
                .containsExactlyInAnyOrder("parse_access_log", "parse_user_agent", "query_parameter", "url_host")
                .allSatisfy(name -> assertThat(module.getFunctionDefinition(name.toUpperCase(java.util.Locale.ROOT)))
                        .isPresent());
        assertThat(module.getFunctionDefinition("upper")).isEmpty();
    }

    @Test
    void readsALineFromTextAndFromBytesOfEitherEncoding() {
        assertThat(parsed(f -> f.eval(LINE)).getField(6)).isEqualTo("/\u00e4");
        assertThat(parsed(f -> f.eval(LINE.getBytes(StandardCharsets.UTF_8))).getField(6))
                .isEqualTo("/\u00e4");
        assertThat(parsed(f -> f.eval(LINE.getBytes(StandardCharsets.ISO_8859_1)))
                        .getField(6))
                .isEqualTo("/\u00e4");
    }

    @Test
    void givesOneRowWithAReasonForWhatItCannotRead() {
        assertThat(parsed(f -> f.eval((String) null)).getField(0)).isEqualTo(Refusal.EMPTY.reason());
        assertThat(parsed(f -> f.eval(new byte[] {(byte) 0x80, 0})).getField(0))
                .isEqualTo(Refusal.CONTROL_CHARACTER.reason());
        assertThat(parsed(f -> f.eval(LINE)).getField(0)).isNull();
    }

    private static Row parsed(java.util.function.Consumer<ParseAccessLog> call) {
        List<Row> rows = new ArrayList<>();
        var function = new ParseAccessLog();
        function.setCollector(new Collector<>() {
            @Override
            public void collect(Row row) {
                rows.add(row);
            }

            @Override
            public void close() {}
        });
        call.accept(function);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }
}
