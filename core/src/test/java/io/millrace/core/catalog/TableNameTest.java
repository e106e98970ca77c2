package io.millrace.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"t", "...", ".t", "a.b", "a/b", "O'Neil", "ö", "日本", "x y"})
    void takesWhatCanBeWrittenAndFound(String name) {
        assertThat(new TableName(name).value()).isEqualTo(name);
        assertThat(TableName.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "a\tb", "a\u200bb", "a\u2028b"})
    void refusesWhatCannot(String name) {
        assertThatThrownBy(() -> new TableName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("table");
        assertThat(TableName.isName(name)).isFalse();
    }
}
