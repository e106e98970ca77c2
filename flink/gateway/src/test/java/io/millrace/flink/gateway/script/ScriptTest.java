package io.millrace.flink.gateway.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.sql.Span;
import org.junit.jupiter.api.Test;

import java.util.List;

class ScriptTest {
    private static List<String> texts(String script) {
        return Script.split(script).stream().map(Piece::text).toList();
    }

    @Test
    void splitsAtSemicolons() {
        assertThat(texts("SELECT 1; SELECT 2;;\n SELECT 3")).containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
        assertThat(texts("")).isEmpty();
        assertThat(texts(" ;\n; -- nothing\n")).isEmpty();
    }

    @Test
    void keepsSemicolonsInsideOfQuotesAndComments() {
        assertThat(texts("SELECT 'a;''b;' ; SELECT `x;``y` /* ; */ FROM t -- ;\n; SELECT 3 // ;\n"))
                .containsExactly("SELECT 'a;''b;'", "SELECT `x;``y` /* ; */ FROM t", "SELECT 3");
    }

    @Test
    void leavesOutCommentsAround() {
        assertThat(texts("-- first\n/* second */ SET 'a' = 'b' -- third\n;")).containsExactly("SET 'a' = 'b'");
    }

    @Test
    void takesAHintForMoreThanAComment() {
        assertThat(texts("SELECT * FROM t /*+ OPTIONS('a'=';') */; SELECT 2"))
                .containsExactly("SELECT * FROM t /*+ OPTIONS('a'=';') */", "SELECT 2");
    }

    @Test
    void takesTheSlashesOfAnAddressForNoComment() {
        assertThat(texts("SET a = file:///x; SELECT 1")).containsExactly("SET a = file:///x", "SELECT 1");
    }

    @Test
    void keepsAStatementSetTogether() {
        List<Piece> pieces =
                Script.split("SET 'a' = 'b'; BEGIN STATEMENT SET; INSERT INTO a SELECT CASE WHEN x THEN 1 END FROM t;\n"
                        + "INSERT INTO b SELECT 2; end; SELECT 1");

        assertThat(pieces).hasSize(3);
        assertThat(pieces.get(1).isBlock()).isTrue();
        assertThat(pieces.get(1).members())
                .extracting(Piece::text)
                .containsExactly("INSERT INTO a SELECT CASE WHEN x THEN 1 END FROM t", "INSERT INTO b SELECT 2");
        assertThat(pieces.get(1).members().get(1).span()).isEqualTo(new Span(2, 1, 2, 22));
    }

    @Test
    void keepsAnExecutedStatementSetAsOneText() {
        List<Piece> pieces = Script.split("EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2;"
                + " END; EXPLAIN STATEMENT SET BEGIN INSERT INTO a SELECT 1; END; SELECT 3");

        assertThat(pieces).hasSize(3).noneMatch(Piece::isBlock);
        assertThat(pieces.get(0).text()).endsWith("END");
        assertThat(pieces.get(2).text()).isEqualTo("SELECT 3");
    }

    @Test
    void knowsWhereStatementsStand() {
        List<Piece> pieces = Script.split("SELECT 1;\n\n  SELECT a,\n    b FROM t ;");

        assertThat(pieces.get(0).span()).isEqualTo(new Span(1, 1, 1, 8));
        assertThat(pieces.get(1).span()).isEqualTo(new Span(3, 3, 4, 12));
    }

    @Test
    void translatesThePlacesOfAParser() {
        Piece piece = Script.split("SELECT 1;\n  SELECT a,\n b FROM t").get(1);

        assertThat(piece.span(1, 8, 1, 8)).isEqualTo(new Span(2, 10, 2, 10));
        assertThat(piece.span(2, 2, 2, 2)).isEqualTo(new Span(3, 2, 3, 2));
    }

    @Test
    void survivesTextThatIsStillBeingTyped() {
        assertThat(texts("SELECT 'abc; SELECT 2")).containsExactly("SELECT 'abc; SELECT 2");
        assertThat(texts("SELECT `abc")).containsExactly("SELECT `abc");
        assertThat(texts("SELECT 1 /* open ; SELECT 2")).containsExactly("SELECT 1");
        assertThat(texts("BEGIN STATEMENT SET; INSERT INTO a SELECT 1;")).hasSize(1);
    }
}
