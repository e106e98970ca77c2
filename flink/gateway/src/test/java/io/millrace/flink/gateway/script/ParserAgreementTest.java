package io.millrace.flink.gateway.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.StringReader;
import java.util.List;

/** Our splitting and Flink's parser see the same statements. */
class ParserAgreementTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; SELECT 2",
                "SELECT 'it''s; fine'; SELECT `a;b` FROM t; SELECT 3;",
                "-- first;\nSELECT 1; /* ; */ SELECT 2 // ;\n; SELECT 3",
                "SELECT CASE WHEN a THEN 1 END FROM t; SELECT 2",
                "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END; SELECT 1",
                "CREATE TABLE t (a STRING COMMENT 'x; -- y') WITH ('k' = 'a//b;'); SELECT * FROM t /*+ OPTIONS('a'=';') */",
                "INSERT INTO t VALUES ('/* no comment */'), ('-- none'); SELECT U&'\\00e9;'",
                "SELECT 1 -- 'open\n; SELECT `x` -- `open\n FROM t"
            })
    void seeTheSameStatements(String script) throws SqlParseException {
        SqlNodeList parsed = parse(script);
        List<Piece> pieces = Script.split(script);

        assertThat(pieces).hasSameSizeAs(parsed.getList());
        for (int i = 0; i < pieces.size(); i++) {
            assertThat(parse(pieces.get(i).text()).get(0))
                    .hasToString(parsed.get(i).toString());
            assertThat(pieces.get(i).span().line())
                    .isEqualTo(parsed.get(i).getParserPosition().getLineNum());
        }
    }

    private static SqlNodeList parse(String sql) throws SqlParseException {
        SqlParser.Config config = SqlParser.config()
                .withParserFactory(FlinkSqlParserImpl.FACTORY)
                .withQuoting(Quoting.BACK_TICK)
                .withQuotedCasing(Casing.UNCHANGED)
                .withUnquotedCasing(Casing.UNCHANGED)
                .withConformance(FlinkSqlConformance.DEFAULT);
        return SqlParser.create(new StringReader(sql), config).parseStmtList();
    }
}
