package io.millrace.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

class ScriptTest {
    @Test
    void splitsAtSemicolonsAndLeavesOutWhatIsEmpty() {
        assertThat(texts(";; SELECT 1 ;\n\n;SELECT 2; -- done\n")).containsExactly("SELECT 1", "SELECT 2");
        assertThat(texts("SELECT 1")).containsExactly("SELECT 1");
        assertThat(texts(" -- nothing\n/* at all */ ;")).isEmpty();
    }

    @Test
    void knowsWhereEachStatementBegins() {
        assertThat(Script.split("-- first\n  SELECT 1;\r\n/* x */ SELECT\n 2 ; SELECT 3"))
                .containsExactly(
                        new Statement("SELECT 1", 2, 3, true),
                        new Statement("SELECT\n 2", 3, 9, true),
                        new Statement("SELECT 3", 4, 6, false));
    }

    @Test
    void semicolonsInStringsNamesAndCommentsDoNotEndAStatement() {
        for (String statement : List.of(
                "SELECT 'a;b'",
                "SELECT 'it''s;' , ';'",
                "SELECT '\\', ';'", // a backslash is a character like others
                "SELECT E'it\\';s'",
                "SELECT e'\\\\', ';'",
                "SELECT U&'\\0041;'",
                "SELECT `a;b` FROM `x``;y`",
                "SELECT 1 -- a;b 'c\n + 1",
                "SELECT 1 // a;b\n + 1",
                "SELECT /* a;b /* c; */ 1",
                "SELECT /*+ OPTIONS('k'=';') */ 1",
                "SELECT * FROM t /*+ OPTIONS('k'='v') */",
                "SELECT \"a;b\"",
                "SELECT 'line\n;line'",
                "SELECT 1 /* ' */, ';'",
                "SET x = kafka://host;".substring(0, 20),
                "SELECT CASE WHEN 1=1 THEN ';' ELSE 'x' END",
                "SELECT '水车;😀'")) {
            assertThat(texts(statement + "; SELECT 2")).as(statement).containsExactly(statement, "SELECT 2");
        }
    }

    @Test
    void aLoneDoubleQuoteHidesNothing() {
        assertThat(texts("SELECT \"; SELECT 2")).containsExactly("SELECT \"", "SELECT 2");
    }

    @Test
    void aStatementSetIsOneStatement() {
        for (String set : List.of(
                "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT ';'; END",
                "execute statement /* x */ set\nbegin insert into a select 1; -- end;\n end",
                "BEGIN STATEMENT SET; INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END",
                "BEGIN STATEMENT SET; INSERT INTO a SELECT CASE WHEN x THEN 1 END; END",
                "EXPLAIN STATEMENT SET BEGIN INSERT INTO a SELECT CASE x WHEN 1 THEN 2\nEND; END",
                "COMPILE PLAN 'p' FOR STATEMENT SET BEGIN INSERT INTO a SELECT 1; END",
                "EXECUTE STATEMENT SET BEGIN END")) {
            assertThat(texts("SET 'x' = 'y'; " + set + "; SELECT 2"))
                    .as(set)
                    .containsExactly("SET 'x' = 'y'", set, "SELECT 2");
        }
    }

    @Test
    void wordsThatOnlyLookLikeAStatementSetChangeNothing() {
        assertThat(texts("SELECT `STATEMENT` SET; SELECT 'STATEMENT SET BEGIN'; SELECT 2"))
                .containsExactly("SELECT `STATEMENT` SET", "SELECT 'STATEMENT SET BEGIN'", "SELECT 2");
        assertThat(texts("BEGIN; SELECT 2")).containsExactly("BEGIN", "SELECT 2");
    }

    @Test
    void isCompleteWhenTheLastStatementHasItsSemicolon() {
        for (String complete : List.of("", "  ", "-- x", "SELECT 1;", "SELECT 1; -- x", "SELECT ';';", "A; B;\n")) {
            assertThat(Script.complete(complete)).as(complete).isTrue();
        }
        for (String open : List.of(
                "SELECT 1",
                "SELECT ';",
                "SELECT `;",
                "SELECT 1 /* ;",
                "SELECT 1 -- ;",
                "A; B",
                "BEGIN STATEMENT SET;",
                "BEGIN STATEMENT SET; INSERT INTO a SELECT 1;",
                "SELECT 1; /* x")) {
            assertThat(Script.complete(open)).as(open).isFalse();
        }
        assertThat(Script.complete("BEGIN STATEMENT SET; INSERT INTO a SELECT 1; END;"))
                .isTrue();
    }

    @Test
    void tokensCoverAnyTextWithoutGap() {
        String alphabet = "a1 E';`\"-/*\n\\水;sET";
        Random random = new Random(20_260_301);
        for (int round = 0; round < 20_000; round++) {
            String text = random.ints(random.nextInt(30), 0, alphabet.length())
                    .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
                    .collect(Collectors.joining());
            List<Token> tokens = Lexer.tokens(text);
            String whole = tokens.stream().map(token -> token.in(text)).collect(Collectors.joining());
            assertThat(whole).isEqualTo(text);
            assertThat(tokens).noneMatch(token -> token.start() == token.end());
            assertThat(Script.split(text)).allMatch(statement -> text.contains(statement.text()));
        }
    }

    private static List<String> texts(String script) {
        return Script.split(script).stream().map(Statement::text).toList();
    }
}
