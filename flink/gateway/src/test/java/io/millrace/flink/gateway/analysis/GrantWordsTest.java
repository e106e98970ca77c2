package io.millrace.flink.gateway.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.gateway.script.Tokens;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class GrantWordsTest {
    private static Optional<List<String>> after(String sql) {
        return GrantWords.after(Tokens.of(sql));
    }

    @Test
    void offersPrivilegesThenOnThenKindsThenTo() {
        assertThat(after("GRANT").orElseThrow()).contains("READ", "ALL").doesNotContain("ON");
        assertThat(after("GRANT READ,").orElseThrow()).contains("WRITE");
        assertThat(after("SELECT 1; REVOKE").orElseThrow()).contains("DENY", "READ");
        assertThat(after("REVOKE DENY").orElseThrow()).contains("READ");
        assertThat(after("DENY READ")).contains(List.of("ON"));
        assertThat(after("GRANT READ ON").orElseThrow()).contains("TABLE", "SERVER");
        assertThat(after("GRANT READ ON TABLE t")).contains(List.of("TO"));
        assertThat(after("GRANT READ ON SERVER")).contains(List.of("TO"));
        assertThat(after("REVOKE READ ON t")).contains(List.of("FROM"));
        assertThat(after("REVOKE READ ON t FROM")).contains(List.of("USER", "GROUP"));
        assertThat(after("SHOW GRANTS")).contains(List.of("ON", "TO"));
    }

    @Test
    void leavesNamesAndOtherStatementsToTheCatalogs() {
        assertThat(after("GRANT READ ON TABLE")).isEmpty();
        assertThat(after("GRANT READ ON t TO alice")).isEmpty();
        assertThat(after("GRANT READ ON t TO alice; SELECT")).isEmpty();
        assertThat(after("SHOW TABLES")).isEmpty();
        assertThat(after("")).isEmpty();
    }
}
