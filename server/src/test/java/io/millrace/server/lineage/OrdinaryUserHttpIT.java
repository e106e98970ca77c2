package io.millrace.server.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.job.JobSpec;
import io.millrace.core.catalog.TableId;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.LineageKind;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.lineage.Maker;
import io.millrace.core.sql.ScriptAnalysis;
import io.millrace.core.sql.ScriptStatement;
import io.millrace.core.sql.StatementClass;
import io.millrace.core.workspace.WorkspaceId;
import io.millrace.server.access.Capabilities;
import io.millrace.server.access.InternalCalls;
import io.millrace.server.access.LocalCapability;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody meets who may read two tables of a chain of three, the middle one hidden: job "load" makes middle of first,
 * job "next" makes last of middle.
 */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = LineageGateway.class, restrictToAnnotatedClass = true)
class OrdinaryUserHttpIT {
    private static final String DATABASE = "/catalogs/kafka/databases/main";

    private final OpenApiExchanges admin = new OpenApiExchanges();
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String first = "first_" + suffix;
    private final String middle = "middle_" + suffix;
    private final String last = "last_" + suffix;
    private final String load = "load-" + suffix;
    private final String next = "next-" + suffix;
    private final String alice = "alice-" + suffix;
    private final Map<String, String> ids = new HashMap<>();
    private OpenApiExchanges caller;

    @Inject
    Jdbi jdbi;

    @Inject
    LineageService lineage;

    @Inject
    Capabilities capabilities;

    @BeforeEach
    void make() throws JsonProcessingException {
        for (String table : List.of(first, middle, last)) {
            String definition = "{\"name\":\"" + table + "\",\"kind\":\"TABLE\",\"comment\":\"about_" + table
                    + "\",\"columns\":[{\"name\":\"id_" + table + "\",\"kind\":\"PHYSICAL\",\"type\":\"BIGINT\","
                    + "\"virtual\":false,\"comment\":\"says_" + table + "\"}],\"partitionKeys\":[],\"watermarks\":[],"
                    + "\"options\":{\"topic\":\"" + table + "\"}}";
            JsonNode made = ok(admin.send("POST", DATABASE + "/tables", "{\"definition\":" + definition + "}"));
            ids.put(table, made.at("/id").textValue());
        }
        makes(load, first, middle);
        makes(next, middle, last);
        ok(admin.send("POST", "/users", "{\"name\":\"" + alice + "\"}"));
        caller = new OpenApiExchanges(ok(admin.send("POST", "/users/" + alice + "/tokens", "{\"name\":\"test\"}"))
                .at("/secret")
                .textValue());
        grant("TABLE", "\"kafka\",\"main\",\"" + first + "\"", "READ");
        grant("TABLE", "\"kafka\",\"main\",\"" + last + "\"", "READ");
    }

    private void makes(String job, String from, String to) throws JsonProcessingException {
        String path = "/workspaces/default/jobs/" + job;
        ok(admin.send("PUT", path, Json.write(new JobSpec(LineageGateway.INSERT, null, null, null, null, null, null))));
        String id = jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM job WHERE name = :name")
                .bind("name", job)
                .mapTo(String.class)
                .one());
        Flow.Source source = new Flow.Source(0, "id_" + from, LineageKind.IDENTITY);
        var flow = new Flow(
                table(to),
                List.of(new Flow.Input(table(from), false, List.of("id_" + from))),
                List.of(new Flow.Column("id_" + to, "id_" + from, List.of(source))),
                List.of(),
                List.of());
        var insert = new ScriptStatement(
                "INSERT", StatementClass.SINK, "INSERT …", 1, 1, List.of(), List.of(), List.of(), List.of(flow));
        lineage.record(
                Maker.job(WorkspaceId.DEFAULT, id, "default." + job, 1),
                new ScriptAnalysis(List.of(insert), List.of()));
    }

    private LineageTable table(String name) {
        return LineageTable.of(Optional.of(new TableId(ids.get(name))), "kafka", "main", name, false);
    }

    @Test
    void lineageEndsWhereWhatIsHiddenBegins() {
        String all = admin.get(of(first) + "?direction=DOWNSTREAM&depth=9").body();
        assertThat(all).contains(first, middle, last, load, next);

        for (String from : List.of(first, last)) {
            String other = from.equals(first) ? last : first;
            for (String direction : List.of("DOWNSTREAM", "UPSTREAM", "BOTH")) {
                HttpResponse<String> seen = caller.get(of(from) + "?direction=" + direction + "&depth=9");
                assertThat(seen.statusCode()).isEqualTo(200);
                assertThat(seen.body()).contains(from).doesNotContain(middle, other, load, next);
            }
        }
        isMissing(of(middle), of("nothing_" + suffix), "nothing_" + suffix);

        grant("TABLE", "\"kafka\",\"main\",\"" + middle + "\"", "DESCRIBE");
        assertThat(caller.get(of(first) + "?depth=9").body())
                .as("who makes it is hidden still")
                .doesNotContain(middle, last, load, next);
        grant("JOB", "\"default\",\"" + load + "\"", "DESCRIBE");
        assertThat(caller.get(of(first) + "?depth=9").body())
                .contains(middle, load)
                .doesNotContain(last, next);
    }

    @Test
    void whoReadsAColumnIsToldAsFarAsItMayBeSeen() {
        String column = "/lineage/impact?table=kafka.main." + first + "&column=id_" + first;
        assertThat(admin.get(column).body()).contains(load);
        assertThat(caller.get(column).body()).contains("\"dependents\":[]").doesNotContain(load, middle);
        isMissing(
                "/lineage/impact?table=kafka.main." + middle,
                "/lineage/impact?table=kafka.main.nothing_" + suffix,
                "nothing_" + suffix);

        grant("JOB", "\"default\",\"" + load + "\"", "DESCRIBE");
        assertThat(caller.get(column).body()).contains("\"dependents\":[]");
        grant("TABLE", "\"kafka\",\"main\",\"" + middle + "\"", "DESCRIBE");
        assertThat(caller.get(column).body()).contains(load);
    }

    @Test
    void searchesFindNothingHiddenByNameColumnOrComment() {
        for (String word : List.of("", "about_", "id_", "says_")) {
            String hidden = "/catalog-search?q=" + word + middle;
            assertThat(admin.get(hidden).body()).as(word).contains(middle);
            assertThat(caller.get(hidden).body())
                    .as(word)
                    .contains("\"items\":[]")
                    .doesNotContain(middle);
            assertThat(caller.get("/catalog-search?q=" + word + first).body())
                    .as(word)
                    .contains(first);
        }
        assertThat(caller.get("/catalog-search?q=" + suffix).body())
                .contains(first, last)
                .doesNotContain(middle);
        assertThat(caller.get(DATABASE + "/tables?q=" + suffix).body())
                .contains(first, last)
                .doesNotContain(middle);
        assertThat(caller.get(DATABASE + "/tables?q=" + suffix + "&pageSize=1").body())
                .doesNotContain(middle);
        assertThat(caller.get("/jobs?q=" + suffix).body()).doesNotContain(load, next);
        assertThat(caller.get("/jobs/tags").body()).contains("\"items\":[]");
    }

    @Test
    void historiesOfWhatIsHiddenAreMissing() throws JsonProcessingException {
        ok(admin.send("PATCH", DATABASE + "/tables/" + middle, "{\"comment\":\"changed\"}", "If-Match", "*"));
        String none = "nothing_" + suffix;
        isMissing(DATABASE + "/tables/" + middle + "/versions", DATABASE + "/tables/" + none + "/versions", none);
        for (String what : List.of("", "/versions", "/events", "/attempts")) {
            isMissing("/workspaces/default/jobs/" + load + what, "/workspaces/default/jobs/none" + what, "none");
        }
        assertThat(caller.get(DATABASE + "/tables/" + first + "/versions").body())
                .contains(first, "local");

        assertThat(admin.delete(DATABASE + "/tables/" + middle, "If-Match", "*").statusCode())
                .isEqualTo(204);
        assertThat(admin.get(DATABASE + "/dropped-tables?pageSize=1000").body()).contains(middle);
        assertThat(caller.get(DATABASE + "/dropped-tables?pageSize=1000").body())
                .doesNotContain(middle);
        isMissing(DATABASE + "/tables/" + middle + "/versions", DATABASE + "/tables/" + none + "/versions", none);
        HttpResponse<String> restored =
                caller.send("POST", DATABASE + "/dropped-tables/" + ids.get(middle) + "/restorations", "{}");
        assertThat(restored.statusCode()).isEqualTo(404);
    }

    /** Flink's side lists names for SHOW, for completions and for hints of misspelt names from these. */
    @Test
    void theNamesThatSqlShowsAndCompletesAreThoseThatMayBeSeen() {
        capabilities.during(idOfAlice(), secret -> {
            assertThat(internal(secret, "/catalogs")).contains("kafka").doesNotContain("warehouse", "postgres");
            assertThat(internal(secret, "/catalogs/kafka/databases")).contains("main");
            assertThat(internal(secret, DATABASE + "/tables"))
                    .contains(first, last)
                    .doesNotContain(middle);
            assertThat(internal(secret, DATABASE + "/functions")).isEqualTo("[]");
            return "";
        });
    }

    /** As the gateway does it for SQL. */
    @Test
    void databasesAreMadeAndDroppedByWhoMay() {
        String databases = "/catalogs/warehouse/databases";
        String made = "made_" + suffix;
        String others = "others_" + suffix;
        String named = "{\"name\":\"%s\"}";
        assertThat(InternalCalls.send(LocalCapability.secret(), "POST", databases, named.formatted(others))
                        .statusCode())
                .isEqualTo(201);
        capabilities.during(idOfAlice(), secret -> {
            refused(secret, "GET", databases, "", 404, "'warehouse'");
            refused(secret, "POST", databases, named.formatted(made), 404, "'warehouse'");
            grant("DATABASE", "\"warehouse\",\"" + others + "\"", "USE");
            assertThat(internal(secret, databases)).contains(others).doesNotContain("default");
            refused(secret, "DELETE", databases + "/default", "", 404, "'warehouse.default'");
            refused(secret, "DELETE", databases + "/" + others, "", 403, "DROP on database 'warehouse." + others + "'");
            refused(secret, "POST", databases, named.formatted(made), 403, "CREATE on catalog 'warehouse'");
            grant("CATALOG", "\"warehouse\"", "USE");
            assertThat(internal(secret, databases))
                    .as("USE counts for what is below")
                    .contains(others, "default");
            refused(secret, "DELETE", databases + "/default", "", 403, "DROP on database 'warehouse.default'");

            grant("CATALOG", "\"warehouse\"", "CREATE");
            assertThat(InternalCalls.send(secret, "POST", databases, named.formatted(made))
                            .statusCode())
                    .isEqualTo(201);
            assertThat(internal(secret, databases)).contains(made);
            grant("DATABASE", "\"warehouse\",\"" + others + "\"", "DROP");
            for (String mine : List.of(made, others)) {
                assertThat(InternalCalls.send(secret, "DELETE", databases + "/" + mine, "")
                                .statusCode())
                        .isEqualTo(204);
            }
            HttpResponse<String> kept = InternalCalls.send(secret, "DELETE", DATABASE + "?cascade=true", "");
            assertThat(kept.body()).contains("DROP on database 'kafka.main'");
            assertThat(kept.headers().map().toString())
                    .as("who reads what is in it")
                    .doesNotContain(load, next, "read");
            return "";
        });
    }

    private static void refused(String capability, String method, String path, String body, int status, String why) {
        HttpResponse<String> answer = InternalCalls.send(capability, method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(why);
    }

    private UUID idOfAlice() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM principal WHERE name = :name")
                .bind("name", alice)
                .mapTo(UUID.class)
                .one());
    }

    private static String of(String table) {
        return "/lineage/tables/kafka/main/" + table;
    }

    /** Answered with the same words as what there never was. */
    private void isMissing(String hidden, String missing, String name) {
        HttpResponse<String> one = caller.get(hidden);
        HttpResponse<String> other = caller.get(missing);
        assertThat(one.statusCode()).as(hidden).isEqualTo(404);
        assertThat(plain(one.body()).replace(middle, name).replace(load, name)).isEqualTo(plain(other.body()));
    }

    private static String plain(String body) {
        return body.replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    private void grant(String kind, String path, String privilege) {
        assertThat(admin.send(
                                "POST",
                                "/grants",
                                "{\"to\":{\"kind\":\"USER\",\"name\":\"" + alice + "\"},\"object\":{\"kind\":\"" + kind
                                        + "\",\"path\":[" + path + "]},\"privileges\":[\"" + privilege + "\"]}")
                        .statusCode())
                .isEqualTo(204);
    }

    private static String internal(String capability, String path) {
        return InternalCalls.send(capability, "GET", path, "").body();
    }

    private static JsonNode ok(HttpResponse<String> answer) throws JsonProcessingException {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return Json.lenient().readTree(answer.body());
    }
}
