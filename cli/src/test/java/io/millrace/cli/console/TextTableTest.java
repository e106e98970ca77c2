package io.millrace.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.console.TextTable.Column;
import org.junit.jupiter.api.Test;

import java.util.List;

class TextTableTest {
    private static final List<Column> COLUMNS = List.of(Column.left("name"), Column.right("views"));

    @Test
    void alignsNumbersRightAndCountsWideCharactersTwice() {
        assertThat(TextTable.lines(
                        COLUMNS, List.of(List.of("水车", "7"), List.of("abcdef", "1200"), List.of("é", "")), 80))
                .containsExactly(
                        "name   | views", //
                        "-------+------",
                        "水车   |     7",
                        "abcdef |  1200",
                        "é      |");
    }

    @Test
    void showsWhatWouldMoveTheCursorAsEscapes() {
        assertThat(DisplayText.visible("a\nb\t\u001b[31m\u202e\ud800x")).isEqualTo("a\\nb\\t\\x1b[31m\\u202e\\ud800x");
        assertThat(DisplayText.visible("水é😀")).isEqualTo("水é😀");
    }

    @Test
    void shortensTheWidestColumnUntilARowFits() {
        List<String> lines = TextTable.lines(COLUMNS, List.of(List.of("x".repeat(100), "12345")), 30);

        assertThat(lines).allMatch(line -> DisplayText.width(line) == 30);
        assertThat(lines.get(2)).isEqualTo("x".repeat(21) + "… | 12345");
    }

    @Test
    void neverShortensWithoutALimit() {
        String value = "x".repeat(5000);

        assertThat(TextTable.lines(COLUMNS, List.of(List.of(value, "1")), TextTable.UNLIMITED)
                        .get(2))
                .isEqualTo(value + " |     1");
    }

    @Test
    void cutsWideCharactersWhole() {
        assertThat(DisplayText.fit("水水水", 4)).isEqualTo("水…");
        assertThat(DisplayText.fit("水水水", 6)).isEqualTo("水水水");
    }

    @Test
    void keepsEachColumnReadableEvenWhenThereAreTooMany() {
        List<Column> many = List.of(Column.left("aaaaaaaaaa"), Column.left("bbbbbbbbbb"), Column.left("cccccccccc"));

        assertThat(TextTable.lines(many, List.of(), 12).get(0)).isEqualTo("aaaaaaa… | bbbbbbb… | ccccccc…");
    }
}
