package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.api.access.GrantEffect;
import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.NewGrant;
import io.millrace.api.access.NewGroup;
import io.millrace.api.access.NewToken;
import io.millrace.api.access.NewUser;
import io.millrace.api.access.ObjectKind;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.client.ApiException;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.client.SqlClient;
import io.millrace.api.problem.Problem;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.SqlStatementState;
import io.millrace.api.sql.SqlStatementView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What is taken away on one server is refused by the next call to another, also in a session that is open there. */
class RevocationE2E {
    private static final ObjectPath ORDERS = new ObjectPath(ObjectKind.TABLE, List.of("warehouse", "default", "seen"));

    @TempDir
    static Path folder;

    private static DrillStack stack;
    private static DrillServer first;
    private static DrillServer second;

    @BeforeAll
    static void up() throws IOException, InterruptedException {
        stack = DrillStack.up(folder.resolve("home"));
        first = DrillServer.start(stack, "", Map.of());
        second = DrillServer.start(stack, "", Map.of());
    }

    @AfterAll
    static void down() throws IOException {
        first.close();
        second.close();
        stack.close();
    }

    @Test
    void countsForTheNextStatementOfASessionOfAnotherServer() {
        MillraceClient admin = first.client(stack.token());
        String token = user(admin, "alice");
        MillraceClient alice = second.client(token);
        assertThat(run(admin, "CREATE TABLE IF NOT EXISTS seen (id INT)")).isNull();
        NewGrant read = new NewGrant(new GranteeView(GranteeKind.USER, "alice"), ORDERS, List.of("READ"), null);
        admin.grants().grant(read);

        String session =
                alice.sql().open(new NewSqlSession("warehouse", null, null)).id();
        assertThat(run(alice.sql(), session, "EXPLAIN SELECT * FROM seen")).isNull();
        assertThat(Objects.requireNonNull(run(alice.sql(), session, "INSERT INTO seen VALUES (1)"))
                        .detail())
                .contains("WRITE", "warehouse.default.seen", "an administrator");

        assertThat(admin.grants().revoke(read).removed()).isEqualTo(1);
        Problem refused = run(alice.sql(), session, "EXPLAIN SELECT * FROM seen");
        assertThat(Objects.requireNonNull(refused).detail()).startsWith("There is no");
        assertThat(alice.catalogs().catalogs()).isEmpty();

        admin.grants().grant(read);
        assertThat(run(alice.sql(), session, "EXPLAIN SELECT * FROM seen")).isNull();
        admin.grants().create(new NewGroup("outsiders", null));
        admin.grants().add("outsiders", "alice");
        admin.grants()
                .grant(new NewGrant(
                        new GranteeView(GranteeKind.GROUP, "outsiders"), ORDERS, List.of("READ"), GrantEffect.DENY));
        assertThat(Objects.requireNonNull(run(alice.sql(), session, "EXPLAIN SELECT * FROM seen"))
                        .detail())
                .contains("READ");
        admin.grants().remove("outsiders", "alice");
        assertThat(run(alice.sql(), session, "EXPLAIN SELECT * FROM seen")).isNull();

        String id = admin.access().tokens("alice").get(0).id();
        admin.access().revoke("alice", id);
        assertThatThrownBy(() -> run(alice.sql(), session, "EXPLAIN SELECT * FROM seen"))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(401));
    }

    private static String user(MillraceClient admin, String name) {
        admin.access().create(new NewUser(name, null, null, null, null));
        return admin.access().create(name, new NewToken("test", null, null)).secret();
    }

    private static @Nullable Problem run(MillraceClient client, String sql) {
        String session =
                client.sql().open(new NewSqlSession("warehouse", null, null)).id();
        Problem problem = run(client.sql(), session, sql);
        client.sql().close(session);
        return problem;
    }

    /** What went wrong, if anything did. */
    private static @Nullable Problem run(SqlClient sql, String session, String text) {
        String id = sql.run(session, new NewSqlStatement(text, 1, 60)).id();
        SqlStatementView ended = await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> sql.get(session, id), view -> view.state() != SqlStatementState.RUNNING);
        return ended.problem();
    }
}
