package io.millrace.flink.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The reference page says what the policy does. A difference is put right in the page; the failure has the text. */
class SqlSupportPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("millrace.root", "../.."), "docs", "reference", "sql-support.md");

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    @Test
    void listsWhatRuns() throws IOException {
        Map<String, String> kinds = new TreeMap<>();
        StatementPolicy.rulesByOperation().values().stream()
                .filter(rule -> rule.refusal() == null)
                .forEach(rule -> kinds.merge(
                        rule.kind(), rule.type().name(), (a, b) -> a.equals(b) || a.contains(b) ? a : a + ", " + b));
        kinds.put("UPDATE", "SINK");
        String rows = kinds.entrySet().stream()
                .map(kind -> "| `" + kind.getKey() + "` | " + sorted(kind.getValue()) + " |")
                .collect(Collectors.joining("\n"));

        assertThat(page()).contains(rows);
    }

    private static String sorted(String types) {
        return List.of(types.split(", ")).stream().sorted().collect(Collectors.joining(", "));
    }

    @Test
    void listsWhatIsRefusedAndWhy() throws IOException {
        String rows = StatementPolicy.rulesByOperation().values().stream()
                .filter(rule -> rule.refusal() != null)
                .map(rule -> "| `" + rule.kind() + "` | " + Objects.requireNonNull(rule.refusal()) + " |")
                .distinct()
                .sorted()
                .collect(Collectors.joining("\n"));

        assertThat(page()).contains(rows);
    }

    @Test
    void listsTheSettings() throws IOException {
        assertThat(page()).contains(list(SettingPolicy.allowedPrefixes()));
        assertThat(page()).contains(list(SettingPolicy.refusedPrefixes()));
    }

    private static String list(List<String> keys) {
        return keys.stream().map(key -> "* `" + key + "`").collect(Collectors.joining("\n"));
    }
}
