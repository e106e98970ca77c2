package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.client.ApiException;
import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.client.SqlClient;
import io.millrace.api.job.JobView;
import io.millrace.api.job.ObservedState;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.dist.process.ProcessId;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** F34. */
final class GatewayDeathDrill implements Drill {
    private static final int ROUNDS = 4;
    private static final int SESSIONS = 50;
    private static final NewSqlSession SESSION = new NewSqlSession(null, null, null);

    @Override
    public String id() {
        return "F34";
    }

    @Override
    public String title() {
        return "The gateway dies before, while and after it submits, with 50 open sessions";
    }

    @Override
    public Control control() {
        return new Control("a second submission behind the server's back", "one Flink job of each name");
    }

    @Override
    public void run(Trial trial) throws Exception {
        try (DrillServer server = trial.server()) {
            MillraceClient client = server.client(trial.stack().token());
            int rounds = trial.rounds(ROUNDS);
            for (int round = 0; round < rounds; round++) {
                dies(trial, client, "f34-" + round);
            }
            trial.sabotage(() -> trial.stack().submit("default.f34-0"));
            for (int round = 0; round < rounds; round++) {
                String name = "f34-" + round;
                assertThat(trial.stack().underWay("default." + name))
                        .as("one Flink job of each name")
                        .hasSize(1);
                Jobs.remove(trial, client.jobs(), name);
            }
        }
    }

    private static void dies(Trial trial, MillraceClient client, String name) throws Exception {
        JobsClient jobs = client.jobs();
        List<String> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(client.sql().open(SESSION).id());
        }
        jobs.apply(name, Jobs.SPEC);
        ProcessId before = trial.stack().process("gateway");
        jobs.start(name);
        boolean never = new CountDownLatch(1).await(trial.random().nextInt(600), TimeUnit.MILLISECONDS);
        assertThat(never).isFalse();
        trial.stack().kill("gateway");
        trial.injected("gateway killed 0 to 0.6 s after a start, with " + SESSIONS + " sessions");
        trial.stack().awaitBack("gateway", before);
        long back = System.nanoTime();
        JobView job = Jobs.awaitState(jobs, name, ObservedState.RUNNING);
        trial.recovered(Duration.ofNanos(System.nanoTime() - back));
        assertThat(job.attempt()).as("%s", job).isEqualTo(1);
        checkSessions(client.sql(), sessions);
    }

    /** An old one is known to be gone, and a new one works. */
    private static void checkSessions(SqlClient sql, List<String> sessions) {
        NewSqlStatement statement = new NewSqlStatement("SHOW CATALOGS", 1, 60);
        for (String session : sessions) {
            assertThatThrownBy(() -> sql.run(session, statement)).isInstanceOf(ApiException.class);
        }
        String fresh = sql.open(SESSION).id();
        assertThat(sql.run(fresh, statement).id()).isNotBlank();
        sql.close(fresh);
    }
}
