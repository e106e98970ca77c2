package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tables over topics, as the benchmarks of the catalog want them: ten columns, one of them a key. */
final class Topics {
    private static final List<String> TYPES =
            List.of("BIGINT", "VARCHAR(50)", "TIMESTAMP(3)", "DECIMAL(12, 2)", "DOUBLE");

    private Topics() {}

    /** For the REST API. */
    static Map<String, Object> definition(String table, String topic) {
        List<Map<String, Object>> columns = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            columns.add(
                    Map.of("name", "c" + i, "kind", "PHYSICAL", "type", TYPES.get(i % TYPES.size()), "virtual", false));
        }
        return Map.of("name", table, "kind", "TABLE", "columns", columns, "options", Map.of("topic", topic));
    }

    /** The same in SQL. */
    static String ddl(String table, String options) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            columns.add("c" + i + " " + TYPES.get(i % TYPES.size()));
        }
        return "CREATE TABLE " + table + " (" + String.join(", ", columns) + ") WITH (" + options + ")";
    }
}
