package io.millrace.server.access;

import static io.millrace.server.access.PrivilegeMatrix.ADMINISTRATORS;
import static io.millrace.server.access.PrivilegeMatrix.AS_OTHERS;
import static io.millrace.server.access.PrivilegeMatrix.DEFINITION;
import static io.millrace.server.access.PrivilegeMatrix.FILTERED;
import static io.millrace.server.access.PrivilegeMatrix.GRANTS;
import static io.millrace.server.access.PrivilegeMatrix.NEEDS_RUNNING;
import static io.millrace.server.access.PrivilegeMatrix.OPEN;
import static io.millrace.server.access.PrivilegeMatrix.ROWS;
import static io.millrace.server.access.PrivilegeMatrix.TABLES;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable.Kind;
import io.millrace.server.access.PrivilegeMatrix.Row;
import io.millrace.server.http.ServerStack;
import io.millrace.server.job.PlannedGateway;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every call on an object, by who has exactly what it takes and by who has everything else. A call of the API's
 * description that is in none of the lists fails the test.
 */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class PrivilegeMatrixHttpIT extends MatrixCalls {
    private static final List<Row> ALL =
            Stream.concat(ROWS.stream(), GRANTS.stream()).toList();

    private int count;

    @Test
    void everyCallIsDecided() {
        Set<String> decided = new TreeSet<>();
        ROWS.forEach(row -> decided.add(row.operation()));
        List.of(FILTERED, AS_OTHERS, OPEN, ADMINISTRATORS).forEach(decided::addAll);
        Set<String> described = new OpenAPIV3Parser()
                .read(System.getProperty("millrace.root") + "/api/openapi.yaml").getPaths().values().stream()
                        .flatMap(path -> path.readOperations().stream())
                        .map(Operation::getOperationId)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(decided).isEqualTo(described);
    }

    @Test
    void whoHasWhatACallTakesMayMakeItAndWhoHasEverythingElseMayNot() throws Exception {
        for (Row row : ALL) {
            String name = "matrix" + ++count;
            make(row.kind(), name);
            String without = user(name + "-without");
            Set<Privilege> others = new HashSet<>(row.kind().privileges());
            others.remove(row.privilege());
            if (row.privilege() == Privilege.DESCRIBE) {
                others.clear();
            }
            grant(name + "-without", row, name, others);
            Answer refused = call(without, row, name);
            assertThat(refused.status())
                    .as("%s without %s: %s", row.operation(), row.privilege(), refused.body())
                    .isEqualTo(row.privilege() == Privilege.DESCRIBE ? 404 : 403);
            if (refused.status() == 403) {
                assertThat(refused.body()).contains(row.privilege().name(), name + "-without");
            }

            String with = user(name + "-with");
            grant(name + "-with", row, name, row.all());
            Answer done = call(with, row, name);
            assertThat(done.status() / 100 == 2
                            || (NEEDS_RUNNING.contains(row.operation())
                                    && done.body().contains("JOB_NOT_RUNNING")))
                    .as("%s with %s: %s %s", row.operation(), row.privilege(), done.status(), done.body())
                    .isTrue();
        }
    }

    @Test
    void whatIsHiddenIsAnsweredAsWhatIsMissing() throws Exception {
        String token = user("matrix-blind");
        List<String> differ = new ArrayList<>(); // takes another time, too, if not as many questions to the metastore
        for (Row row : ALL) {
            if (Set.of(Kind.TABLE, Kind.FUNCTION, Kind.CONNECTION, Kind.WORKSPACE, Kind.JOB)
                    .contains(row.kind())) {
                String name = "hidden" + ++count;
                make(row.kind(), name);
                Answer hidden = call(token, row, name);
                Answer missing = call(token, row, "absent" + count);
                assertThat(hidden.status()).as(row.operation()).isEqualTo(missing.status());
                assertThat(plain(hidden.body(), name))
                        .as(row.operation())
                        .isEqualTo(plain(missing.body(), "absent" + count));
                int forHidden = Queries.fewest(() -> call(token, row, name));
                int forMissing = Queries.fewest(() -> call(token, row, "absent" + count));
                assertThat(forMissing).as(row.operation()).isPositive();
                if (forHidden != forMissing) {
                    differ.add(row.operation() + ": " + forHidden + " and " + forMissing);
                }
            }
        }
        assertThat(differ).isEmpty();
    }

    @Test
    void whoMayMakeJobsDoesNotLearnWhichThereAre() throws Exception {
        make(Kind.JOB, "matrix-unseen");
        String token = user("matrix-jobmaker");
        send(
                null,
                "POST",
                "/grants",
                grantBody("matrix-jobmaker", Kind.WORKSPACE, List.of("default"), List.of("CREATE")));

        Answer hidden = send(token, "GET", "/grants?objectKind=JOB&object=default&object=matrix-unseen", "");
        Answer missing = send(token, "GET", "/grants?objectKind=JOB&object=default&object=matrix-nothing", "");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(plain(hidden.body(), "matrix-unseen")).isEqualTo(plain(missing.body(), "matrix-nothing"));
    }

    private static String plain(String body, String name) {
        return body.replace(name, "NAME")
                .replace(snapshot(name).toString(), "ID")
                .replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    @Test
    void administratorsCallsAreClosedToWhoHasEverythingElse() throws Exception {
        String token = user("matrix-everything");
        send(null, "POST", "/grants", grantBody("matrix-everything", Kind.SERVER, List.of(), List.of("ALL")));
        for (String call : List.of(
                "GET /users",
                "POST /users",
                "GET /users/local",
                "PATCH /users/local",
                "DELETE /users/local",
                "GET /groups",
                "POST /groups",
                "DELETE /groups/everyone",
                "GET /groups/everyone/members",
                "PUT /groups/everyone/members/local",
                "DELETE /groups/everyone/members/local",
                "GET /activity")) {
            Answer refused = send(token, call.split(" ")[0], call.split(" ")[1], "{\"name\":\"x\"}");
            assertThat(refused.status()).as(call).isEqualTo(403);
        }
    }

    @Test
    void nobodyReachesATopicByASecondTable() throws Exception {
        make(Kind.TABLE, "matrix-secret");
        String token = user("matrix-maker");
        List<String> main = List.of("kafka", "main");
        send(null, "POST", "/grants", grantBody("matrix-maker", Kind.DATABASE, main, List.of("CREATE")));

        for (String topic : List.of("matrix-secret", "other;matrix-secret", "other ; matrix-secret")) {
            String second = DEFINITION.replaceFirst("\\$", "mine").replace("$", topic);
            Answer refused = send(token, "POST", TABLES, "{\"definition\":" + second + "}");
            assertThat(refused.status()).as(refused.body()).isEqualTo(403);
            assertThat(refused.body()).doesNotContain("kafka.main.matrix-secret");
        }
        String own = DEFINITION.replaceFirst("\\$", "mine").replace("$", "topic-of-maker");
        Answer made = send(token, "POST", TABLES, "{\"definition\":" + own + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String moved = own.replace("topic-of-maker", "matrix-secret");
        Answer refused = send(token, "PUT", TABLES + "/mine", moved);
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(send(token, "DELETE", TABLES + "/mine", "").status())
                .as("who made it owns it")
                .isEqualTo(204);
    }
}
