package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.dist.e2e.Millrace.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Checkpoints of a running job: asked for, begun by the server, and changed while the job runs. */
@ExtendWith(SharedStack.class)
class CheckpointE2E {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SCRIPT = """
            CREATE TEMPORARY TABLE source (id BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '5');
            CREATE TEMPORARY TABLE sink (id BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO sink SELECT id FROM source;
            """;

    @TempDir
    private Path folder;

    private final Millrace millrace;

    CheckpointE2E(Millrace millrace) {
        this.millrace = millrace;
    }

    @AfterEach
    void drop() throws Exception {
        millrace.run("job", "stop", "timed", "--no-savepoint", "--wait");
        millrace.run("job", "delete", "timed");
    }

    private void start(String frontMatter) throws Exception {
        Path file =
                Files.writeString(folder.resolve("timed.sql"), "---\nname: timed\n" + frontMatter + "---\n" + SCRIPT);
        ok("job", "apply", "-f", file.toString(), "--start", "--wait");
    }

    private Answer ok(String... arguments) throws Exception {
        Answer answer = millrace.run(arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer;
    }

    private JsonNode checkpoints() throws Exception {
        return ok("checkpoint", "list", "timed", "-o", "json").json();
    }

    @Test
    void theServerTimesThemAndChangesItsTimingWhileTheJobRuns() throws Exception {
        start("checkpoint: 5 min\ncheckpoint-scheduler: server\n");
        assertThat(checkpoints().path("safetyNet").asText()).isEqualTo("PT50M");
        long first = checkpoints().path("completed").asLong();

        Answer faster = ok("checkpoint", "update", "timed", "--interval", "5 s");

        assertThat(faster.out()).contains("every PT5S, timed by the server");
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(checkpoints().path("completed").asLong()).isGreaterThanOrEqualTo(first + 3));
        assertThat(checkpoints().path("checkpoints").path(0).path("path").asText())
                .contains("/chk-");

        Answer stopped = ok("checkpoint", "stop", "timed");
        assertThat(stopped.out()).contains("the server makes none; Flink makes one after PT50M without");
        Answer asked = ok("checkpoint", "trigger", "timed", "--full", "--wait");
        assertThat(asked.out()).matches("timed: checkpoint \\d+ is complete\n");

        ok("checkpoint", "start", "timed");
        long before = checkpoints().path("completed").asLong();
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(checkpoints().path("completed").asLong()).isGreaterThan(before));
        assertThat(ok("job", "show", "timed", "-o", "json")
                        .json()
                        .path("attempt")
                        .asInt())
                .as("nothing was restarted")
                .isEqualTo(1);
        assertThat(ok("job", "history", "timed").out())
                .contains(
                        "CHECKPOINT_CONFIG_CHANGED",
                        "CHECKPOINT_SCHEDULER_STOPPED",
                        "CHECKPOINT_REQUESTED",
                        "CHECKPOINT_SCHEDULER_STARTED");

        Answer tooLong = millrace.run("checkpoint", "update", "timed", "--interval", "2 h");
        assertThat(tooLong.exit()).isNotZero();
        assertThat(tooLong.err()).contains("makes a checkpoint after PT50M without one");
    }

    @Test
    void ofAJobThatFlinkTimesOneCanOnlyAskForOne() throws Exception {
        start("checkpoint: 1 h\n");

        Answer refused = millrace.run("checkpoint", "stop", "timed");
        Answer asked = ok("checkpoint", "trigger", "timed", "--wait");

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("Flink times the checkpoints", "checkpoint-scheduler: server");
        assertThat(asked.out()).matches("timed: checkpoint \\d+ is complete\n");
        ok("job", "stop", "timed", "--no-savepoint", "--wait");
        Answer idle = millrace.run("checkpoint", "trigger", "timed");
        assertThat(idle.err()).contains("needs a running job", "IDLE");
    }
}
