package io.millrace.flink.gateway.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flink.gateway.grant.GrantParser;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What readers copy from the documentation is SQL: reserved words are in backticks, and nothing is missing. */
class DocumentedSqlTest {
    private static final Path ROOT = Path.of(System.getProperty("millrace.root", "../.."));
    private static final Pattern BLOCK = Pattern.compile("(?m)^```sql\\n(.*?)^```", Pattern.DOTALL);
    private static final Pattern FRONT_MATTER =
            Pattern.compile("\\A---\\n.*?^---\\n", Pattern.DOTALL | Pattern.MULTILINE);

    private static final SqlParser.Config FLINK = SqlParser.config()
            .withParserFactory(FlinkSqlParserImpl.FACTORY)
            .withQuoting(Quoting.BACK_TICK)
            .withQuotedCasing(Casing.UNCHANGED)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withConformance(FlinkSqlConformance.DEFAULT);

    @Test
    void everyStatementParses() throws IOException {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Path page : pages()) {
            for (String block : BLOCK.matcher(Files.readString(page))
                    .results()
                    .map(MatchResult::group)
                    .toList()) {
                for (Piece piece : Script.split(sql(block))) {
                    checked++;
                    check(page, piece.text(), wrong);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(30);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> examples = Files.walk(ROOT.resolve("examples"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), Stream.concat(docs, examples))
                    .filter(page -> page.toString().endsWith(".md"))
                    .filter(page -> !page.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }

    private static String sql(String block) {
        String inside = block.substring(block.indexOf('\n') + 1, block.length() - "```".length());
        return FRONT_MATTER.matcher(inside).replaceFirst("");
    }

    private static void check(Path page, String statement, List<String> wrong) {
        try {
            if (GrantParser.parse(Script.split(statement).get(0), "warehouse", "default")
                    .isPresent()) {
                return;
            }
            assertThat(SqlParser.create(statement, FLINK).parseStmt()).isNotNull();
        } catch (SqlParseException e) {
            wrong.add(ROOT.relativize(page) + ": " + statement + "\n  "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
