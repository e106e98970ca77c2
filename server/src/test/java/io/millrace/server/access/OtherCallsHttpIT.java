package io.millrace.server.access;

import static io.millrace.server.access.PrivilegeMatrix.AS_OTHERS;
import static io.millrace.server.access.PrivilegeMatrix.FUNCTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.core.access.Securable.Kind;
import io.millrace.server.http.ServerStack;
import io.millrace.server.job.PlannedGateway;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The calls of the API that are no row of the matrix: by who lacks one privilege, and by who has it. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class OtherCallsHttpIT extends MatrixCalls {
    private static final String DATABASE = "/catalogs/kafka/databases/main";
    private static final List<String> MAIN = List.of("kafka", "main");

    private final Set<String> made = new TreeSet<>();

    @Test
    void areDecidedAsTheRows() throws Exception {
        tables();
        functions();
        jobs();
        git();
        statements();

        assertThat(made).isEqualTo(AS_OTHERS);
    }

    private void tables() throws Exception {
        make(Kind.TABLE, "other-table");
        List<String> path = List.of("kafka", "main", "other-table");
        String sees = user("other-sees");
        String drops = user("other-drops");
        String none = user("other-none");
        grant("other-sees", Kind.TABLE, path, "DESCRIBE");
        grant("other-drops", Kind.TABLE, path, "DROP");
        String restore = dropped("tables", "other-table") + "/restorations";

        refused("restoreTable", send(none, "POST", restore, "{}"), 404, "TABLE_NOT_FOUND");
        refused("restoreTable", send(sees, "POST", restore, "{}"), 403, "CREATE on database 'kafka.main'");
        grant("other-sees", Kind.DATABASE, MAIN, "CREATE");
        done("restoreTable", send(sees, "POST", restore, "{}"));

        String purge = dropped("tables", "other-table") + "/purges";
        refused("purgeTable", send(sees, "POST", purge, ""), 403, "DROP on table 'kafka.main.other-table'");
        done("purgeTable", send(drops, "POST", purge, ""));
    }

    private void functions() throws Exception {
        String makes = user("other-makes");
        String calls = user("other-calls");
        grant("other-makes", Kind.DATABASE, MAIN, "USE");
        String function = "{\"name\":\"" + PlannedGateway.FUNCTION + "\",\"className\":\"a.Host\"}";
        refused("createFunction", send(makes, "POST", FUNCTIONS, function), 403, "CREATE on database 'kafka.main'");
        grant("other-makes", Kind.DATABASE, MAIN, "CREATE");
        done("createFunction", send(makes, "POST", FUNCTIONS, function));

        String path = FUNCTIONS + "/" + PlannedGateway.FUNCTION;
        String other = "{\"className\":\"a.Host\"}";
        List<String> name = List.of("kafka", "main", PlannedGateway.FUNCTION);
        grant("other-calls", Kind.FUNCTION, name, "EXECUTE");
        refused("alterFunction", send(calls, "PATCH", path, other), 403, "ALTER on function");
        done("alterFunction", send(makes, "PATCH", path, other));

        ok(admin.delete(path, "If-Match", "*"));
        String restore = dropped("functions", PlannedGateway.FUNCTION) + "/restorations";
        refused("restoreFunction", send(calls, "POST", restore, "{}"), 403, "CREATE on database 'kafka.main'");
        done("restoreFunction", send(makes, "POST", restore, "{}"));
    }

    private void jobs() throws Exception {
        make(Kind.JOB, "other-job");
        List<String> path = List.of("default", "other-job");
        String sees = user("other-reader");
        String drops = user("other-remover");
        grant("other-reader", Kind.JOB, path, "DESCRIBE");
        grant("other-remover", Kind.JOB, path, "DROP");
        String delete = "{\"action\":\"DELETE\",\"jobs\":[{\"workspace\":\"default\",\"name\":\"other-job\"}]}";

        refused(
                "changeJobs",
                send(sees, "POST", "/jobs/bulk", delete),
                200,
                "\"code\":\"ACCESS_DENIED\"",
                "DROP on job");
        refused("changeJobs", send(user("other-blind"), "POST", "/jobs/bulk", delete), 200, "\"code\":\"");
        assertThat(send(drops, "POST", "/jobs/bulk", delete).body()).contains("\"done\":1");

        String deleted = deleted("other-job");
        refused("restoreJob", send(sees, "POST", deleted + "/restorations", "{}"), 403, "DROP on job");
        done("restoreJob", send(drops, "POST", deleted + "/restorations", "{}"));

        ok(admin.delete("/workspaces/default/jobs/other-job", "If-Match", "*"));
        refused("purgeJob", send(sees, "DELETE", deleted("other-job"), ""), 403, "DROP on job");
        done("purgeJob", send(drops, "DELETE", deleted("other-job"), ""));
    }

    /** Of a workspace that comes from nowhere: whoever may ask is told so. */
    private void git() throws Exception {
        make(Kind.WORKSPACE, "other-git");
        String git = "/workspaces/other-git/git";
        String none = user("other-stranger");
        String views = user("other-viewer");
        String edits = user("other-editor");
        grant("other-viewer", Kind.WORKSPACE, List.of("other-git"), "DESCRIBE");
        grant("other-editor", Kind.WORKSPACE, List.of("other-git"), "ALTER");

        refused("getGit", send(none, "GET", git, ""), 404, "WORKSPACE_NOT_FOUND");
        refused("getGit", send(views, "GET", git, ""), 404, "GIT_NOT_BOUND");
        refused("getGitPull", send(none, "GET", git + "/pulls/1", ""), 404, "WORKSPACE_NOT_FOUND");
        refused("getGitPull", send(views, "GET", git + "/pulls/1", ""), 404, "has no pull 1");
        String nowhere = "{\"url\":\"https://localhost:1/x.git\"}";
        for (String token : List.of(views, edits)) {
            boolean may = token.equals(edits);
            refused("setGit", send(token, "PUT", git, nowhere), may ? 503 : 403, may ? "GIT_UNREACHABLE" : "ALTER on");
            refused(
                    "pullGit",
                    send(token, "POST", git + "/pulls", "{}"),
                    may ? 404 : 403,
                    may ? "GIT_NOT" : "ALTER on");
            refused("removeGit", send(token, "DELETE", git, ""), may ? 404 : 403, may ? "GIT_NOT" : "ALTER on");
        }
    }

    /** What a statement or a script touches is asked by the gateway; whose session it is, and whether at all, here. */
    private void statements() throws Exception {
        String runs = user("other-runs");
        String meddles = user("other-meddles");
        String session = "/sql-sessions/"
                + json(send(runs, "POST", "/sql-sessions", "{}").body())
                        .at("/id")
                        .textValue();
        String jobsOnly = json(admin.send(
                                "POST", "/users/other-runs/tokens", "{\"name\":\"j\",\"scope\":[\"JOB_READ\"]}")
                        .body())
                .at("/secret")
                .textValue();

        refused(
                "runSqlStatement",
                send(meddles, "POST", session + "/statements", "{\"sql\":\"1\"}"),
                404,
                "SQL_SESSION_NOT_FOUND");
        refused("runSqlStatement", send(jobsOnly, "POST", session + "/statements", "{\"sql\":\"1\"}"), 403, "SQL_RUN");
        done("runSqlStatement", send(runs, "POST", session + "/statements", "{\"sql\":\"1\"}"));
        String script = "{\"script\":\"" + PlannedGateway.INSERT + "\"}";
        refused("analyseSql", send(jobsOnly, "POST", "/sql-analyses", script), 403, "SQL_RUN");
        done("analyseSql", send(runs, "POST", "/sql-analyses", script));
    }

    /** The address of something that the administrator drops, or that was dropped. */
    private String dropped(String kind, String name) throws Exception {
        admin.delete(DATABASE + "/" + kind + "/" + name, "If-Match", "*");
        for (JsonNode each :
                json(admin.get(DATABASE + "/dropped-" + kind).body()).at("/items")) {
            if (each.at("/name").textValue().equals(name)) {
                return DATABASE + "/dropped-" + kind + "/" + each.at("/id").textValue();
            }
        }
        throw new AssertionError(name + " is not in the bin");
    }

    private String deleted(String job) throws Exception {
        for (JsonNode each : json(admin.get("/deleted-jobs").body()).at("/items")) {
            if (each.at("/name").textValue().equals(job)) {
                return "/deleted-jobs/" + each.at("/id").textValue();
            }
        }
        throw new AssertionError(job + " is not in the bin");
    }

    private void grant(String user, Kind kind, List<String> path, String privilege) throws Exception {
        Answer granted = send(null, "POST", "/grants", grantBody(user, kind, path, List.of(privilege)));
        assertThat(granted.status()).as(granted.body()).isEqualTo(204);
    }

    private void refused(String operation, Answer answer, int status, String... words) {
        made.add(operation);
        assertThat(answer.status()).as("%s: %s", operation, answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    private static void done(String operation, Answer answer) {
        assertThat(answer.status()).as("%s: %s", operation, answer.body()).isBetween(200, 299);
    }

    private static JsonNode json(String body) throws Exception {
        return Json.lenient().readTree(body);
    }
}
