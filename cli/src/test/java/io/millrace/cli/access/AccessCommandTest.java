package io.millrace.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;

/** Each command against a server that answers by hand-written records. */
class AccessCommandTest {
    private static final String DONE = """
            {"number": 2, "at": "2026-03-01T08:00:00Z", "by": "alice", "action": "table.drop", "object": "/t",
             "outcome": "OK", "from": "127.0.0.1", "requestId": "r"}
            """;

    private static final String ALICE = """
            {"name": "alice", "kind": "USER", "comment": "orders", "admin": true, "disabled": false, "version": 1,
             "createdBy": "local", "createdAt": "2026-03-01T08:00:00Z"}
            """;
    private static final String TOKEN = """
            {"id": "7", "name": "ci", "scope": ["JOB_READ"], "createdAt": "2026-03-01T08:00:00Z", "expiresAt": null,
             "usedAt": "2026-03-02T08:00:00Z"}
            """;

    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        server.on("GET /session", "{\"user\": " + ALICE + ", \"permissions\": [\"JOB_READ\", \"SELF\"]}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void saysAsWhomCommandsCall() {
        assertThat(run("access", "whoami").out()).isEqualTo("alice, an administrator\nMay: JOB_READ, SELF\n");
    }

    @Test
    void makesTheFirstUserWithSecretsFromStandardInput() {
        server.on("POST /setup", ALICE);
        Run.Result made =
                Run.in(folder).with(server).input("printed\na long password\n").run("access", "setup", "alice");
        assertThat(made.exitCode()).isZero();
        assertThat(server.requests())
                .containsExactly(
                        "POST /setup {\"token\":\"printed\",\"name\":\"alice\",\"password\":\"a long password\"}");
        assertThat(run("access", "setup", "alice").err()).contains("Set-up token: nothing was given");
    }

    @Test
    void listsMakesChangesAndDeletesUsers() {
        server.on("GET /users", "{\"items\": [" + ALICE + "]}");
        server.on("POST /users", ALICE);
        server.on("PATCH /users/alice", ALICE);
        server.on("DELETE /users/alice", "");
        server.on("PUT /users/alice/password", "");

        assertThat(run("access", "users", "list").out()).isEqualTo("""
                user  | kind | admin | disabled | made by | comment
                ------+------+-------+----------+---------+--------
                alice | user | yes   |          | local   | orders
                """);
        assertThat(Run.in(folder)
                        .with(server)
                        .input("a long password\n")
                        .run("access", "users", "create", "alice", "--admin", "--ask-password")
                        .exitCode())
                .isZero();
        assertThat(run("access", "users", "create", "ci", "--service").err()).contains("--user alice");
        assertThat(run("access", "users", "alter", "alice", "--disabled", "true")
                        .exitCode())
                .isZero();
        assertThat(run("access", "users", "alter", "alice", "--oidc-subject", "auth0|7")
                        .exitCode())
                .isZero();
        Run.in(folder).with(server).input("old\nnew\n").run("access", "users", "password", "alice");
        assertThat(run("access", "users", "delete", "alice").exitCode()).isZero();
        assertThat(server.requests())
                .contains(
                        "POST /users {\"name\":\"alice\",\"kind\":\"USER\",\"admin\":true,\"password\":\"a long"
                                + " password\"}",
                        "POST /users {\"name\":\"ci\",\"kind\":\"SERVICE\",\"admin\":false}",
                        "PATCH /users/alice {\"disabled\":true}",
                        "PATCH /users/alice {\"oidcSubject\":\"auth0|7\"}",
                        "PUT /users/alice/password {\"current\":\"old\",\"password\":\"new\"}",
                        "DELETE /users/alice");
    }

    @Test
    void listsMakesAndRevokesTokens() {
        server.on("GET /users/alice/tokens", "{\"items\": [" + TOKEN + "]}");
        server.on("POST /users/deploy/tokens", "{\"token\": " + TOKEN + ", \"secret\": \"mlr_x\"}");
        server.on("DELETE /users/alice/tokens/7", "");

        assertThat(run("access", "tokens", "list").out()).isEqualTo("""
                id | name | scope    | made                 | expires | last used
                ---+------+----------+----------------------+---------+---------------------
                7  | ci   | JOB_READ | 2026-03-01T08:00:00Z | never   | 2026-03-02T08:00:00Z
                """);
        Run.Result made =
                run("access", "tokens", "create", "ci", "--user", "deploy", "--scope", "JOB_READ", "--lifetime", "90d");
        assertThat(made.out()).isEqualTo("mlr_x\n");
        assertThat(server.requests())
                .contains(
                        "POST /users/deploy/tokens {\"name\":\"ci\",\"scope\":[\"JOB_READ\"],\"lifetime\":\"PT2160H\"}");
        assertThat(run("access", "tokens", "create", "ci", "--lifetime", "soon").err())
                .contains("--lifetime: 'soon' is not a time");
        assertThat(run("access", "tokens", "revoke", "7").exitCode()).isZero();
    }

    @Test
    void exportsAllThatWasDone() {
        String page = String.join(",", Collections.nCopies(60, DONE));
        server.on("GET /activity", "{\"items\": [" + page + "], \"nextPageToken\": \"next\"}");
        server.on("GET /activity", "{\"items\": [" + page + "]}");

        assertThat(run("access", "activity", "-o", "jsonl").out())
                .startsWith("{\"number\":2,")
                .hasLineCount(120);
    }

    @Test
    void showsWhatWasDoneUpToALimit() {
        server.on("GET /activity", "{\"items\": [" + DONE + "," + DONE + "], \"nextPageToken\": \"next\"}");
        server.on("GET /activity", "{\"items\": [" + DONE + "]}");

        assertThat(run("access", "activity", "--limit", "3", "--failed", "--since", "2026-03-01T00:00:00Z")
                        .out())
                .isEqualTo("""
                at                   | by    | action     | object | outcome | from
                ---------------------+-------+------------+--------+---------+----------
                2026-03-01T08:00:00Z | alice | table.drop | /t     | OK      | 127.0.0.1
                2026-03-01T08:00:00Z | alice | table.drop | /t     | OK      | 127.0.0.1
                2026-03-01T08:00:00Z | alice | table.drop | /t     | OK      | 127.0.0.1
                """);
        assertThat(server.requests().get(0)).contains("failed=true", "since=2026-03-01T00%3A00%3A00Z", "pageSize=3");
        assertThat(server.requests().get(1)).contains("pageToken=next", "pageSize=1");
        assertThat(run("access", "activity", "--since", "monday").err()).contains("--since: 'monday' is not a time");
    }

    @Test
    void printsALinkToTheConsole() {
        server.on("POST /session/links", "{\"path\": \"/#sign-in=c\", \"expiresAt\": \"2026-03-01T08:00:00Z\"}");
        assertThat(run("console").out()).isEqualTo(server.address() + "/#sign-in=c\n");
    }

    @Test
    void grantsDeniesAndRevokes() {
        server.on("POST /grants", "");
        server.on("POST /revocations", "{\"removed\": 2}");
        server.on("POST /revocations", "{\"removed\": 0}");

        assertThat(run("access", "grant", "READ,WRITE", "--on", "kafka.main.orders", "--to", "alice")
                        .err())
                .isEqualTo("Granted.\n");
        run("access", "grant", "ALL", "--on", "server", "--to-group", "ops", "--deny");
        run("access", "grant", "OPERATE", "--on", "job:page-views", "--to", "alice");
        run("access", "grant", "ALTER", "--on", "job:payments.settle", "--to", "alice");
        assertThat(run("access", "revoke", "READ", "--on", "database:kafka.`a.b`", "--to", "alice")
                        .err())
                .isEqualTo("Took back 2 grants.\n");
        assertThat(run("access", "revoke", "READ", "--on", "view:a.b.c", "--to", "alice", "--deny")
                        .err())
                .isEqualTo("There was no such grant.\n");

        assertThat(server.requests())
                .containsExactly(
                        "POST /grants "
                                + body(
                                        "USER",
                                        "alice",
                                        "TABLE",
                                        "\"kafka\",\"main\",\"orders\"",
                                        "\"READ\",\"WRITE\"",
                                        "ALLOW"),
                        "POST /grants " + body("GROUP", "ops", "SERVER", "", "\"ALL\"", "DENY"),
                        "POST /grants "
                                + body("USER", "alice", "JOB", "\"default\",\"page-views\"", "\"OPERATE\"", "ALLOW"),
                        "POST /grants " + body("USER", "alice", "JOB", "\"payments\",\"settle\"", "\"ALTER\"", "ALLOW"),
                        "POST /revocations "
                                + body("USER", "alice", "DATABASE", "\"kafka\",\"a.b\"", "\"READ\"", "ALLOW"),
                        "POST /revocations " + body("USER", "alice", "TABLE", "\"a\",\"b\",\"c\"", "\"READ\"", "DENY"));
    }

    private static String body(
            String granteeKind, String grantee, String kind, String path, String privileges, String effect) {
        return "{\"to\":{\"kind\":\"" + granteeKind + "\",\"name\":\"" + grantee + "\"},\"object\":{\"kind\":\"" + kind
                + "\",\"path\":[" + path + "]},\"privileges\":[" + privileges + "],\"effect\":\"" + effect + "\"}";
    }

    @Test
    void saysWhatAGrantLacks() {
        assertThat(run("access", "grant", "READ", "--on", "orders", "--to", "alice")
                        .err())
                .contains("'orders' is not the whole name of a table, which has 3 parts");
        assertThat(run("access", "grant", "READ", "--on", "tabel:a.b.c", "--to", "alice")
                        .err())
                .contains("'tabel' is not one of server, catalog, database, table");
        assertThat(run("access", "grant", "READ", "--on", "server").exitCode()).isEqualTo(2);
        assertThat(run("access", "grant", "READ", "--on", "server", "--to", "a", "--to-group", "b")
                        .exitCode())
                .isEqualTo(2);
        assertThat(run("access", "grant", "--on", "server", "--to", "a").exitCode())
                .isEqualTo(2);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void listsGrants() {
        server.on("GET /grants", """
                {"items": [{"to": {"kind": "GROUP", "name": "ops"}, "objectKind": "TABLE", "object": "a.b.c, d",
                 "privilege": "READ", "effect": "ALLOW", "by": "local", "at": "2026-03-01T08:00:00Z"}]}
                """);

        assertThat(run("access", "grants").out()).isEqualTo("""
                grantee | name | effect | privilege | kind  | object   | by    | at
                --------+------+--------+-----------+-------+----------+-------+---------------------
                group   | ops  | ALLOW  | READ      | table | a.b.c, d | local | 2026-03-01T08:00:00Z
                """);
        assertThat(run("access", "grants", "--on", "a.b.c", "-o", "csv").out()).isEqualTo("""
                grantee,name,effect,privilege,kind,object,by,at
                group,ops,ALLOW,READ,table,"a.b.c, d",local,2026-03-01T08:00:00Z
                """);
        assertThat(run("access", "grants", "--to-group", "ops", "-o", "json").out())
                .contains("\"privilege\" : \"READ\"");
        assertThat(server.requests())
                .anySatisfy(call -> assertThat(call).contains("granteeKind=USER&grantee=alice"))
                .anySatisfy(
                        call -> assertThat(call).contains("objectKind=TABLE").contains("object=a&object=b&object=c"))
                .anySatisfy(call -> assertThat(call).contains("granteeKind=GROUP&grantee=ops"));
    }

    @Test
    void looksAfterGroups() {
        String group = "{\"name\": \"ops\", \"comment\": \"on call\", \"createdBy\": \"local\","
                + " \"createdAt\": \"2026-03-01T08:00:00Z\"}";
        server.on("GET /groups", "{\"items\": [" + group + "]}");
        server.on("POST /groups", group);
        server.on("DELETE /groups/ops", "");
        server.on("GET /groups/ops/members", "{\"items\": [\"alice\", \"bob\"]}");
        server.on("PUT /groups/ops/members/alice", "");
        server.on("DELETE /groups/ops/members/alice", "");

        assertThat(run("access", "groups", "list").out()).isEqualTo("""
                group | made by | comment
                ------+---------+--------
                ops   | local   | on call
                """);
        assertThat(run("access", "groups", "create", "ops", "--comment", "on call")
                        .exitCode())
                .isZero();
        assertThat(run("access", "groups", "members", "ops").out()).isEqualTo("alice\nbob\n");
        assertThat(run("access", "groups", "add", "ops", "alice").err()).isEqualTo("'alice' is in group 'ops'.\n");
        assertThat(run("access", "groups", "remove", "ops", "alice").exitCode()).isZero();
        assertThat(run("access", "groups", "delete", "ops").exitCode()).isZero();
        assertThat(server.requests())
                .contains(
                        "POST /groups {\"name\":\"ops\",\"comment\":\"on call\"}",
                        "PUT /groups/ops/members/alice",
                        "DELETE /groups/ops/members/alice",
                        "DELETE /groups/ops");
    }

    private Run.Result run(String... arguments) {
        return Run.in(folder).with(server).run(arguments);
    }
}
