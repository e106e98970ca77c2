package io.millrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.sql.NewAuthorization;
import io.millrace.api.sql.ObjectUse;
import io.millrace.core.access.Effect;
import io.millrace.core.access.Grant;
import io.millrace.core.access.GrantStore;
import io.millrace.core.access.Grantee;
import io.millrace.core.access.Group;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TablePath;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.millrace.testkit.Cases;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Random grants and denials on everything from the server to a table, to users and groups: what the gateway may run is
 * what a few lines say that know nothing of how it is decided. {@code -Dmillrace.cases=N} tries more.
 */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class RandomGrantsHttpIT {
    private static final long SEED = 20_261_121;
    private static final int ROUNDS = 60;
    private static final int GRANTS = 14;
    private static final int QUESTIONS = 60;
    private static final String BY = "chance";
    private static final List<Privilege> GRANTED =
            List.of(Privilege.READ, Privilege.WRITE, Privilege.EXECUTE, Privilege.DESCRIBE, Privilege.DROP);

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final List<Securable> objects = new ArrayList<>();
    private final Map<Securable, ObjectUse> asked = new HashMap<>();
    private final List<Grantee> users = new ArrayList<>();
    private final List<Grantee> groups = new ArrayList<>();
    private final Map<Grantee, Set<Grantee>> memberships = new HashMap<>();

    @Inject
    Jdbi jdbi;

    @Inject
    GrantStore store;

    @Inject
    Capabilities capabilities;

    @BeforeEach
    void world() throws JsonProcessingException {
        objects.add(Securable.SERVER);
        objects.add(CatalogObjects.of(new CatalogName("warehouse")));
        for (String database : List.of("a_" + suffix, "b_" + suffix)) {
            made("/catalogs/warehouse/databases", "{\"name\":\"" + database + "\"}");
            objects.add(CatalogObjects.of(DatabasePath.of("warehouse", database)));
            String path = "/catalogs/warehouse/databases/" + database;
            for (String name : List.of("t0", "t1", "t2")) {
                table(
                        database,
                        name,
                        made(
                                path + "/tables",
                                "{\"definition\":{\"name\":\"" + name
                                        + "\",\"kind\":\"TABLE\",\"columns\":[{\"name\":\"id\",\"kind\":\"PHYSICAL\",\"type\":"
                                        + "\"INT\",\"virtual\":false}],\"watermarks\":[],\"partitionKeys\":[],\"options\":"
                                        + "{\"format\":\"parquet\"}}}"));
            }
            function(database, made(path + "/functions", "{\"name\":\"f\",\"className\":\"x.Y\"}"));
        }
        groups.add(new Grantee(Grantee.Kind.GROUP, Group.EVERYONE, "everyone"));
        for (int i = 0; i < 2; i++) {
            groups.add(group("g" + i + "-" + suffix));
        }
        for (int i = 0; i < 3; i++) {
            users.add(user("u" + i + "-" + suffix));
        }
        join(0, 1);
        join(1, 1);
        join(1, 2);
    }

    private void table(String database, String name, JsonNode made) {
        Securable object =
                CatalogObjects.table(new TableId(made.path("id").asText()), TablePath.of("warehouse", database, name));
        objects.add(object);
        asked.put(
                object,
                new ObjectUse(
                        "TABLE", "warehouse", database, name, made.path("ref").asText(), ""));
    }

    private void function(String database, JsonNode made) {
        Securable object = CatalogObjects.of(DatabasePath.of("warehouse", database))
                .child(Kind.FUNCTION, made.path("id").asText(), "f");
        objects.add(object);
        asked.put(object, new ObjectUse("FUNCTION", "warehouse", database, "f", null, ""));
    }

    private Grantee user(String name) {
        assertThat(new OpenApiExchanges()
                        .send("POST", "/users", "{\"name\":\"" + name + "\"}")
                        .statusCode())
                .isEqualTo(201);
        UUID id = jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM principal WHERE name = :name")
                .bind("name", name)
                .mapTo(UUID.class)
                .one());
        return new Grantee(Grantee.Kind.USER, id, name);
    }

    private Grantee group(String name) {
        UUID id = UUID.randomUUID();
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO access_group (id, name, comment, created_by, created_at) VALUES (?, ?, '', ?, now())",
                id,
                name,
                BY));
        return new Grantee(Grantee.Kind.GROUP, id, name);
    }

    private void join(int user, int group) {
        memberships.computeIfAbsent(users.get(user), unused -> new HashSet<>()).add(groups.get(group));
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO access_member (group_id, principal_id) VALUES (?, ?)",
                groups.get(group).id(),
                users.get(user).id()));
    }

    @Test
    void theServerDecidesAsFewLinesSay() {
        int[] allowed = {0, 0};
        Cases.forAll(SEED, ROUNDS, this::grants, grants -> {
            jdbi.useHandle(handle -> handle.execute("DELETE FROM access_grant WHERE granted_by = ?", BY));
            store.add(grants);
            Random random = new Random(grants.hashCode());
            for (Grantee user : users) {
                List<Question> questions = new ArrayList<>();
                for (int i = 0; i < QUESTIONS / users.size(); i++) {
                    questions.add(question(random));
                }
                List<Boolean> answers = capabilities.during(
                        user.id(),
                        secret -> questions.stream()
                                .map(each -> may(each, secret))
                                .toList());
                for (int i = 0; i < questions.size(); i++) {
                    boolean expected = expected(user, questions.get(i), grants);
                    assertThat(answers.get(i))
                            .as("%s: %s", user, questions.get(i))
                            .isEqualTo(expected);
                    allowed[expected ? 1 : 0]++;
                }
            }
        });
        assertThat(allowed[0]).as("refused").isGreaterThan(ROUNDS * QUESTIONS / 10);
        assertThat(allowed[1]).as("allowed").isGreaterThan(ROUNDS * QUESTIONS / 10);
    }

    private record Question(Securable object, Privilege privilege) {}

    /** Some on things that hold others, most of them permissions. */
    private List<Grant> grants(Random random) {
        List<Grantee> grantees = new ArrayList<>(users);
        grantees.addAll(groups);
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < GRANTS; i++) {
            Securable object = objects.get(random.nextInt(objects.size()));
            Privilege privilege = GRANTED.get(random.nextInt(GRANTED.size()));
            if (object.kind().privileges().contains(privilege)) {
                grants.add(new Grant(
                        grantees.get(random.nextInt(grantees.size())),
                        object,
                        privilege,
                        random.nextInt(4) == 0 ? Effect.DENY : Effect.ALLOW,
                        BY,
                        Instant.EPOCH));
            }
        }
        return grants;
    }

    private Question question(Random random) {
        List<Securable> usable = objects.stream().filter(asked::containsKey).toList();
        Securable object = usable.get(random.nextInt(usable.size()));
        Privilege privilege = object.kind() == Kind.FUNCTION
                ? Privilege.EXECUTE
                : random.nextBoolean() ? Privilege.READ : Privilege.WRITE;
        return new Question(object, privilege);
    }

    private boolean expected(Grantee user, Question question, List<Grant> grants) {
        List<Grant> about = grants.stream()
                .filter(grant -> grant.to().equals(user)
                        || grant.to().id().equals(Group.EVERYONE)
                        || memberships.getOrDefault(user, Set.of()).contains(grant.to()))
                .filter(grant -> question.object().chain().contains(grant.on().key()))
                .toList();
        boolean denied = about.stream()
                .filter(grant -> grant.effect() == Effect.DENY)
                .anyMatch(
                        grant -> grant.privilege() == question.privilege() || grant.privilege() == Privilege.DESCRIBE);
        return !denied
                && about.stream()
                        .anyMatch(grant -> grant.effect() == Effect.ALLOW && grant.privilege() == question.privilege());
    }

    /** As the gateway asks before it runs something. */
    private static boolean may(Question question, String capability, ObjectUse use) {
        var wanted = new NewAuthorization(List.of(new ObjectUse(
                use.kind(),
                use.catalog(),
                use.database(),
                use.name(),
                use.ref(),
                question.privilege().name())));
        HttpResponse<String> answer = InternalCalls.send(capability, "POST", "/authorizations", Json.write(wanted));
        assertThat(answer.statusCode()).as(answer.body()).isIn(204, 403, 404);
        return answer.statusCode() == 204;
    }

    private boolean may(Question question, String capability) {
        return may(question, capability, asked.get(question.object()));
    }

    private static JsonNode made(String path, String body) throws JsonProcessingException {
        HttpResponse<String> answer = InternalCalls.send(LocalCapability.secret(), "POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.lenient().readTree(answer.body());
    }
}
