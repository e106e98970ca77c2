package io.millrace.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.gateway.NewSubmission;
import io.millrace.api.gateway.SubmissionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.Map;
import java.util.UUID;

/** What crash safety rests on: the caller's JobID is the job's, and nobody gets a second job of the same id. */
@ExtendWith(Stack.Given.class)
class SubmissionIT {
    private static final String ENDLESS = """
            CREATE TEMPORARY TABLE numbers (n INT) WITH ('connector' = 'datagen', 'rows-per-second' = '1');
            CREATE TEMPORARY TABLE a (n INT) WITH ('connector' = 'blackhole');
            CREATE TEMPORARY TABLE b (n INT) WITH ('connector' = 'blackhole');
            BEGIN STATEMENT SET;
            INSERT INTO a SELECT n FROM numbers;
            INSERT INTO b SELECT n + 1 FROM numbers;
            END;
            """;
    private static final String SHORT = """
            SET 'execution.runtime-mode' = 'batch';
            CREATE TEMPORARY TABLE a (n INT) WITH ('connector' = 'blackhole');
            INSERT INTO a VALUES (1), (2);
            """;

    private final Stack stack;

    SubmissionIT(Stack stack) {
        this.stack = stack;
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private TestGateway.Reply submit(String jobId, String script) {
        return stack.gateway()
                .send(
                        "POST",
                        "/v1/submissions",
                        new NewSubmission(script, jobId, "my job", Map.of("parallelism.default", "1"), null));
    }

    @Test
    void runsTheScriptAsOneJobOfTheChosenId() {
        String id = newId();

        TestGateway.Reply reply = submit(id, ENDLESS);

        assertThat(reply.as(SubmissionView.class).jobId()).isEqualTo(id);
        stack.flink().awaitState(id, "RUNNING");
        assertThat(stack.flink().rest("/jobs/" + id).body())
                .contains("\"name\":\"my job\"")
                .contains("a[")
                .contains("b[");
        stack.flink().cancel(id);
    }

    @Test
    void refusesTheSameIdWhileTheJobRunsAndAfterItEnded() {
        String id = newId();
        submit(id, ENDLESS);

        TestGateway.Reply whileRunning = submit(id, ENDLESS);
        stack.flink().awaitState(id, "RUNNING");
        stack.flink().cancel(id);
        stack.flink().awaitState(id, "CANCELED");
        TestGateway.Reply afterwards = submit(id, SHORT);

        assertThat(whileRunning.status()).isEqualTo(409);
        assertThat(whileRunning.problem().code()).isEqualTo("JOB_ALREADY_SUBMITTED");
        assertThat(afterwards.status()).isEqualTo(409);
        assertThat(afterwards.problem().code()).isEqualTo("JOB_ALREADY_SUBMITTED");
        assertThat(stack.flink().rest("/jobs/" + id).body()).contains("CANCELED");
    }

    @Test
    void refusesTheIdOfAJobThatFinished() {
        String id = newId();
        submit(id, SHORT);
        stack.flink().awaitState(id, "FINISHED");

        assertThat(submit(id, SHORT).problem().code()).isEqualTo("JOB_ALREADY_SUBMITTED");
    }

    @Test
    void submitsNothingWhenTheScriptIsWrong() {
        String id = newId();

        TestGateway.Reply reply = submit(id, "SET 'parallelism.default' = '1';\nINSERT INTO nowhere SELECT 1");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.problem().code()).isEqualTo("SQL_INVALID");
        assertThat(reply.problem().errors().get(0).line()).isEqualTo(2);
        assertThat(stack.flink().rest("/jobs/" + id).status()).isEqualTo(404);
    }

    @Test
    void refusesAScriptThatCouldNotRunTwice() {
        assertThat(submit(newId(), "CREATE TABLE t (n INT); INSERT INTO t VALUES (1)")
                        .problem()
                        .code())
                .isEqualTo("SQL_REFUSED");
        assertThat(submit(newId(), "SELECT 1").problem().code()).isEqualTo("SQL_REFUSED");
        assertThat(submit(newId(), "GRANT READ ON t TO alice; INSERT INTO t VALUES (1)")
                        .problem()
                        .detail())
                .contains("cannot change a catalog");
        assertThat(submit(newId(), "SHOW GRANTS").problem().code()).isEqualTo("SQL_REFUSED");
        assertThat(submit(newId(), "SET 'rest.port' = '1'").problem().code()).isEqualTo("SQL_REFUSED");
        assertThat(submit(newId(), "SET 'execution.state-recovery.path' = '/tmp'")
                        .problem()
                        .code())
                .isEqualTo("SQL_REFUSED");
        assertThat(submit(newId(), SHORT + "SET 'parallelism.default' = '2';")
                        .problem()
                        .code())
                .isEqualTo("SQL_REFUSED");
    }

    @Test
    void saysThatItDoesNotKnowWhenTheClusterIsAway() throws Exception {
        try (TestGateway lonely =
                TestGateway.start(stack.folder(), stack.metastore().flinkConfig(), FlinkProcesses.freePort())) {
            TestGateway.Reply reply =
                    lonely.send("POST", "/v1/submissions", new NewSubmission(SHORT, newId(), "my job", Map.of(), null));

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.problem().code()).isEqualTo("CLUSTER_UNAVAILABLE");
        }
    }
}
