package io.millrace.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class RegisteredFunctionTest {
    private static final FunctionPath PATH = FunctionPath.of("kafka", "main", "Url_Host");

    @Test
    void isMadeByAStatementThatFlinkReads() {
        var function = new RegisteredFunction(new FunctionId("f"), PATH, "com.example.Outer$Inner", 1);

        assertThat(function.ddl()).isEqualTo("""
                CREATE FUNCTION `kafka`.`main`.`url_host`
                AS 'com.example.Outer$Inner'
                LANGUAGE JAVA""");
        assertThat(function.alteration()).startsWith("ALTER FUNCTION `kafka`.`main`.`url_host`\nAS '");
    }

    @Test
    void namesAClassAndNothingElse() {
        assertThat(List.of("A", "a.b.C", "a.Outer$Inner", "a_1.Ü")).allMatch(RegisteredFunction::isClassName);
        assertThat(List.of(
                        "", " ", "a..B", ".A", "A.", "1a", "a-b", "it's", "a.B'; DROP", "a\nb", "a/b", "x".repeat(501)))
                .noneMatch(RegisteredFunction::isClassName);
        assertThatThrownBy(() -> new RegisteredFunction(new FunctionId("f"), PATH, "it's", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasANameWithoutCase() {
        assertThat(new FunctionName("Url_HOST")).isEqualTo(new FunctionName("url_host"));
        assertThat(PATH).hasToString("kafka.main.url_host");
        assertThatThrownBy(() -> new FunctionName("  ")).hasMessage("A function needs a name.");
        assertThatThrownBy(() -> new FunctionName("=")).hasMessageContaining("'='");
    }
}
