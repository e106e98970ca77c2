package io.millrace.server.access;

import static io.millrace.server.access.PrivilegeMatrix.NEEDS_RUNNING;
import static io.millrace.server.access.PrivilegeMatrix.ROWS;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.access.Role;
import io.millrace.core.access.Securable.Kind;
import io.millrace.server.access.PrivilegeMatrix.Row;
import io.millrace.server.http.ServerStack;
import io.millrace.server.job.PlannedGateway;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Locale;

/** Every call on a workspace or a job, by each role of a workspace. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class WorkspaceRolesHttpIT extends MatrixCalls {
    @ParameterizedTest
    @EnumSource
    void mayMakeTheCallsOfItsPrivilegesAndNoOthers(Role role) throws Exception {
        String word = role.name().toLowerCase(Locale.ROOT);
        String member = "role-" + word;
        String token = user(member);
        join("default", member, role);
        int count = 0;
        for (Row row : ROWS) {
            if (row.kind() != Kind.JOB && row.kind() != Kind.WORKSPACE) {
                continue;
            }
            String name = word + ++count;
            make(row.kind(), name);
            if (row.kind() == Kind.WORKSPACE) {
                join(name, member, role);
            }

            Answer answer = call(token, row, name);

            String what = row.operation() + " as " + role + ": " + answer;
            if (role.privileges().containsAll(row.all())) {
                assertThat(answer.status() / 100 == 2
                                || (NEEDS_RUNNING.contains(row.operation())
                                        && answer.body().contains("JOB_NOT_RUNNING")))
                        .as(what)
                        .isTrue();
            } else {
                assertThat(answer.status()).as(what).isEqualTo(403);
                assertThat(answer.body()).contains(row.privilege().name(), member);
            }
        }
        assertThat(count).isGreaterThan(30);
    }

    private void join(String workspace, String member, Role role) {
        ok(admin.send("PUT", "/workspaces/" + workspace + "/members/users/" + member, "{\"role\":\"" + role + "\"}"));
    }
}
