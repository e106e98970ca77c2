package io.millrace.flink.gateway.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.access.GrantEffect;
import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.ObjectKind;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.problem.ProblemDetail;
import io.millrace.api.sql.GrantQuestion;
import io.millrace.api.sql.GrantStatement;
import io.millrace.flink.gateway.problem.GatewayException;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.script.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

class GrantParserTest {
    private static final GranteeView ALICE = new GranteeView(GranteeKind.USER, "alice");

    @Test
    void readsEachStatement() {
        ObjectPath table = table("kafka", "main", "orders");

        assertThat(parse("GRANT READ, write ON TABLE kafka.main.orders TO USER alice, GROUP a, b"))
                .isEqualTo(new GrantOperation(new GrantStatement(
                        List.of(
                                ALICE,
                                new GranteeView(GranteeKind.GROUP, "a"),
                                new GranteeView(GranteeKind.GROUP, "b")),
                        table,
                        List.of("READ", "WRITE"),
                        GrantEffect.ALLOW)));
        assertThat(parse("deny ALL PRIVILEGES on kafka.main.orders to alice"))
                .isEqualTo(
                        new DenyOperation(new GrantStatement(List.of(ALICE), table, List.of("ALL"), GrantEffect.DENY)));
        assertThat(parse("REVOKE ALL ON VIEW kafka.main.orders FROM alice, alice"))
                .isEqualTo(new RevokeOperation(
                        new GrantStatement(List.of(ALICE), table, List.of("ALL"), GrantEffect.ALLOW)));
        assertThat(parse("REVOKE DENY GRANT ON SERVER FROM alice"))
                .isEqualTo(new RevokeOperation(new GrantStatement(
                        List.of(ALICE),
                        new ObjectPath(ObjectKind.SERVER, List.of()),
                        List.of("GRANT"),
                        GrantEffect.DENY)));
        assertThat(parse("SHOW GRANTS")).isEqualTo(new ShowGrantsOperation(new GrantQuestion(null, null)));
        assertThat(parse("SHOW GRANTS ON kafka.main.orders FOR GROUP a"))
                .isEqualTo(new ShowGrantsOperation(new GrantQuestion(new GranteeView(GranteeKind.GROUP, "a"), table)));
        assertThat(parse("SHOW GRANTS TO alice")).isEqualTo(new ShowGrantsOperation(new GrantQuestion(ALICE, null)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    t                      | TABLE      | warehouse/default/t
                    d.t                    | TABLE      | warehouse/d/t
                    `a.b`.`c``d`.`TO`      | TABLE      | a.b/c`d/TO
                    job.t                  | TABLE      | warehouse/job/t
                    FUNCTION f             | FUNCTION   | warehouse/default/f
                    DATABASE d             | DATABASE   | warehouse/d
                    DATABASE kafka.main    | DATABASE   | kafka/main
                    CATALOG kafka          | CATALOG    | kafka
                    CONNECTION main        | CONNECTION | main
                    WORKSPACE `default`    | WORKSPACE  | default
                    JOB `page-views`       | JOB        | default/page-views
                    JOB team.`page-views`  | JOB        | team/page-views
                    JOB `default`.orders   | JOB        | default/orders
                    """)
    void completesNamesAsFlinkDoes(String object, ObjectKind kind, String path) {
        assertThat(parse("GRANT READ ON " + object + " TO alice"))
                .isEqualTo(new GrantOperation(new GrantStatement(
                        List.of(ALICE),
                        new ObjectPath(kind, List.of(path.split("/"))),
                        List.of("READ"),
                        GrantEffect.ALLOW)));
    }

    @Test
    void readsNamesInBackticksAndOverComments() {
        assertThat(parse("GRANT /* some */ READ -- TO bob\n ON t // here\n TO `a.b-c@example.com`, local"))
                .isEqualTo(new GrantOperation(new GrantStatement(
                        List.of(
                                new GranteeView(GranteeKind.USER, "a.b-c@example.com"),
                                new GranteeView(GranteeKind.USER, "local")),
                        table("warehouse", "default", "t"),
                        List.of("READ"),
                        GrantEffect.ALLOW)));
    }

    @Test
    void leavesOtherStatementsToFlink() {
        for (String sql : List.of("SELECT 1", "SHOW TABLES", "SHOW", "EXPLAIN SELECT 1", "`GRANT` x")) {
            assertThat(GrantParser.parse(Script.split(sql).get(0), "warehouse", "default"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    GRANT                             | 5  | Expected a privilege, such as READ, or ALL, but the statement ends.
                    GRANT ON t TO alice               | 7  | Expected a privilege, such as READ, or ALL, but here is 'ON'.
                    GRANT READ, ON t TO alice         | 13 | Expected a privilege, such as READ, or ALL, but here is 'ON'.
                    GRANT READ t TO alice             | 12 | Expected ON, but here is 't'.
                    GRANT READ ON TO alice            | 15 | Expected the name of a table, but here is 'TO'.
                    GRANT READ ON a.default TO alice  | 17 | Expected the name of a table, but here is 'default'.
                    GRANT READ ON a.b.c.d TO alice    | 20 | Expected TO, but here is '.'.
                    GRANT READ ON t FROM alice        | 17 | Expected TO, but here is 'FROM'.
                    REVOKE READ ON t TO alice         | 18 | Expected FROM, but here is 'TO'.
                    GRANT READ ON t TO                | 18 | Expected the name of a user, but the statement ends.
                    GRANT READ ON t TO GROUP          | 24 | Expected the name of a group, but the statement ends.
                    GRANT READ ON t TO 'alice'        | 20 | Expected the name of a user, but here is 'alice'.
                    GRANT READ ON t TO alice bob      | 26 | Expected the end of the statement, but here is 'bob'.
                    GRANT READ ON t TO a@b            | 21 | Expected the end of the statement, but here is '@'.
                    GRANT READ ON JOB a.b.c TO alice  | 22 | Expected TO, but here is '.'.
                    SHOW GRANTS FOR alice ON t        | 23 | Expected the end of the statement, but here is 'ON'.
                    """)
    void saysWhatWasExpectedAndWhere(String sql, int column, String sentence) {
        ProblemDetail error = error(Script.split(sql).get(0));

        assertThat(error.detail()).isEqualTo(sentence);
        assertThat(error.line()).isEqualTo(1);
        assertThat(error.column()).isEqualTo(column);
        assertThat(error.hint()).isNotEmpty();
    }

    @Test
    void countsPlacesFromTheBeginningOfTheScript() {
        List<Piece> pieces = Script.split("GRANT READ ON t TO alice;\nGRANT READ\n  t TO bob;");

        ProblemDetail error = error(pieces.get(1));

        assertThat(error.line()).isEqualTo(3);
        assertThat(error.column()).isEqualTo(3);
    }

    @Test
    void saysHowNamesAreQuoted() {
        assertThat(error(Script.split("GRANT READ ON t TO a-b").get(0)).hint()).contains("backticks");
        assertThat(error(Script.split("GRANT READ ON t TO").get(0)).hint()).contains("GRANT privilege");
    }

    private static ProblemDetail error(Piece piece) {
        GatewayException failure =
                catchThrowableOfType(GatewayException.class, () -> GrantParser.parse(piece, "warehouse", "default"));
        return failure.errors().get(0);
    }

    private static ObjectPath table(String... path) {
        return new ObjectPath(ObjectKind.TABLE, List.of(path));
    }

    private static AccessOperation parse(String sql) {
        Optional<AccessOperation> operation =
                GrantParser.parse(Script.split(sql).get(0), "warehouse", "default");
        return operation.orElseThrow();
    }
}
