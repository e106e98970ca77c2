package io.millrace.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** Each command against a server that answers by hand-written records. */
class WorkspaceCommandTest {
    private static final String PAYMENTS = """
            {"name": "payments", "comment": "of the team", "version": 1, "createdBy": "local",
             "createdAt": "2026-03-01T08:00:00Z"}
            """;
    private static final String MEMBERS = """
            {"items": [{"member": {"kind": "USER", "name": "alice"}, "role": "OWNER", "by": "local",
                        "at": "2026-03-01T08:00:00Z"},
                       {"member": {"kind": "GROUP", "name": "on-call"}, "role": "OPERATOR", "by": "alice",
                        "at": "2026-03-02T08:00:00Z"}]}
            """;

    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsMakesShowsChangesAndDrops() {
        server.on("GET /workspaces", "{\"items\": [" + PAYMENTS + "]}");
        server.on("GET /workspaces", "{\"items\": []}");
        server.on("POST /workspaces", PAYMENTS);
        server.on("GET /workspaces/payments", PAYMENTS);
        server.on("PATCH /workspaces/payments", PAYMENTS);
        server.on("DELETE /workspaces/payments", 204, "");

        assertThat(run("list").out()).isEqualTo("""
                workspace | made by | comment
                ----------+---------+------------
                payments  | local   | of the team
                """);
        assertThat(run("list").err()).contains("no workspaces that you may see");
        assertThat(run("create", "payments", "--comment", "of the team").err())
                .isEqualTo("Made 'payments'; you are its owner.\n");
        assertThat(run("show", "payments").out()).contains("comment  of the team\n");
        assertThat(run("show", "payments", "-o", "json").out()).contains("\"createdBy\" : \"local\"");
        assertThat(run("alter", "payments", "--comment", "new").exitCode()).isZero();
        assertThat(run("drop", "payments").err()).isEqualTo("Dropped 'payments'.\n");
        assertThat(server.requests())
                .contains(
                        "POST /workspaces {\"name\":\"payments\",\"comment\":\"of the team\"}",
                        "PATCH /workspaces/payments {\"comment\":\"new\"}",
                        "DELETE /workspaces/payments");
    }

    @Test
    void saysWhoIsInIt() {
        server.on("GET /workspaces/payments/members", MEMBERS);
        server.on("PUT /workspaces/payments/members/users/alice", 204, "");
        server.on("PUT /workspaces/payments/members/groups/on-call", 204, "");
        server.on("DELETE /workspaces/payments/members/users/alice", 204, "");

        assertThat(run("members", "payments").out()).isEqualTo("""
                member | name    | role     | by    | at
                -------+---------+----------+-------+---------------------
                user   | alice   | owner    | local | 2026-03-01T08:00:00Z
                group  | on-call | operator | alice | 2026-03-02T08:00:00Z
                """);
        assertThat(run("add", "payments", "--user", "alice", "--role", "editor").err())
                .isEqualTo("'alice' has the role editor in 'payments'.\n");
        assertThat(run("add", "payments", "--group", "on-call", "--role", "OPERATOR")
                        .err())
                .isEqualTo("Group 'on-call' has the role operator in 'payments'.\n");
        assertThat(run("remove", "payments", "--user", "alice").err()).isEqualTo("'alice' is no more in 'payments'.\n");
        assertThat(server.requests())
                .containsExactly(
                        "GET /workspaces/payments/members",
                        "PUT /workspaces/payments/members/users/alice {\"role\":\"EDITOR\"}",
                        "PUT /workspaces/payments/members/groups/on-call {\"role\":\"OPERATOR\"}",
                        "DELETE /workspaces/payments/members/users/alice");
    }

    @Test
    void saysWhatACommandLacks() {
        assertThat(run("add", "payments", "--user", "alice", "--role", "boss").err())
                .contains("'boss' is not one of viewer, operator, editor, owner");
        assertThat(run("add", "payments", "--user", "alice").err()).contains("--role");
        assertThat(run("add", "payments", "--role", "viewer").exitCode()).isEqualTo(2);
        assertThat(run("remove", "payments", "--user", "a", "--group", "b").exitCode())
                .isEqualTo(2);
        assertThat(run("alter", "payments").err()).contains("--comment");
        assertThat(server.requests()).isEmpty();
    }

    private Run.Result run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "workspace";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Run.in(folder).with(server).run(all);
    }
}
