package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.TargetName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class JobSpecTest {
    private static final JobName NAME = new JobName("page-views");

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> new JobSpec(
                        " ",
                        JobMode.BATCH,
                        TargetName.LOCAL,
                        0,
                        Optional.of(Duration.ofSeconds(1)),
                        CheckpointScheduler.FLINK,
                        Optional.empty(),
                        Map.of("$internal.pipeline.job-id", "x", "execution.state-recovery.path", "y")))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        failure -> assertThat(failure.flaws())
                                .extracting(Flaw::pointer)
                                .containsExactly(
                                        "/script",
                                        "/parallelism",
                                        "/checkpoint",
                                        "/settings/$internal.pipeline.job-id",
                                        "/settings/execution.state-recovery.path"));
    }

    @Test
    void whatThePlatformDecidesTakesPrecedence() {
        assertThat(Samples.spec(JobMode.STREAMING).flinkSettings())
                .containsEntry("execution.runtime-mode", "streaming")
                .containsEntry("parallelism.default", "1")
                .containsEntry("execution.checkpointing.interval", "30000 ms");
        assertThat(Samples.spec(JobMode.BATCH).flinkSettings())
                .containsEntry("execution.runtime-mode", "batch")
                .doesNotContainKey("execution.checkpointing.interval");
    }

    @Test
    void ofAJobThatTheServerTimesFlinkMakesACheckpointOnlyWhenNobodyElseDid() {
        JobSpec spec = timedByServer(Duration.ofSeconds(30), Map.of());

        assertThat(spec.flinkSettings())
                .containsEntry("execution.checkpointing.interval", "600000 ms")
                .containsEntry("execution.checkpointing.min-pause", "600000 ms");
        assertThat(spec.text(NAME)).contains("checkpoint: 30 s\ncheckpoint-scheduler: server\n");
        assertThat(timedByServer(Duration.ofMinutes(5), Map.of()).flinkSettings())
                .containsEntry("execution.checkpointing.interval", "3000000 ms");
    }

    @Test
    void theServerTimesNeitherTooOftenNorWithAPauseThatFlinkIsTold() {
        assertThatThrownBy(
                        () -> timedByServer(Duration.ofSeconds(1), Map.of("execution.checkpointing.min-pause", "1 s")))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        failure -> assertThat(failure.flaws())
                                .extracting(Flaw::pointer)
                                .containsExactly("/checkpoint", "/settings/execution.checkpointing.min-pause"));
    }

    private static JobSpec timedByServer(Duration checkpoint, Map<String, String> settings) {
        return new JobSpec(
                "INSERT INTO sink SELECT * FROM source",
                JobMode.STREAMING,
                TargetName.LOCAL,
                1,
                Optional.of(checkpoint),
                CheckpointScheduler.SERVER,
                Optional.empty(),
                settings);
    }

    @Test
    void aDifferenceIsShownAsLinesOfTheJobFile() {
        JobSpec before = Samples.spec(JobMode.STREAMING);
        JobSpec after = new JobSpec(
                before.script() + "\nWHERE amount > 0",
                before.mode(),
                before.target(),
                2,
                before.checkpoint(),
                before.scheduler(),
                before.description(),
                before.settings());

        assertThat(TextDiff.unified(before.text(NAME), after.text(NAME))).isEqualTo("""
                @@ -2,7 +2,8 @@
                 name: page-views
                 mode: streaming
                 target: local
                -parallelism: 1
                +parallelism: 2
                 checkpoint: 30 s
                 ---
                 INSERT INTO sink SELECT * FROM source
                +WHERE amount > 0
                """);
        assertThat(TextDiff.unified(before.text(NAME), before.text(NAME))).isEmpty();
    }

    @Test
    void aNewTextIsAllAdded() {
        assertThat(TextDiff.unified("", "one\ntwo\n")).isEqualTo("@@ -0,0 +1,2 @@\n+one\n+two\n");
    }

    @Test
    void aFarChangeIsAHunkOfItsOwn() {
        String before = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";
        String after = "A\nb\nc\nd\ne\nf\ng\nh\ni\nJ\n";

        assertThat(TextDiff.unified(before, after)).isEqualTo("""
                @@ -1,4 +1,4 @@
                -a
                +A
                 b
                 c
                 d
                @@ -7,4 +7,4 @@
                 g
                 h
                 i
                -j
                +J
                """);
    }

    @Test
    void aJobIdOfOursIsRecognised() {
        UUID job = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        FlinkJobId id = FlinkJobId.of(0x12345678, job, 7);

        assertThat(id.value()).startsWith("12345678").endsWith("00000007").hasSize(32);
        assertThat(id.hasTag(0x12345678)).isTrue();
        assertThat(id.hasTag(0x12345679)).isFalse();
        assertThat(FlinkJobId.of(-1, job, 7).hasTag(-1)).isTrue();
    }

    @Test
    void aNameFitsAHost() {
        assertThat(new JobName("a-1").value()).isEqualTo("a-1");
        for (String bad : new String[] {"", "-a", "A", "a_b", "a".repeat(64)}) {
            assertThatThrownBy(() -> new JobName(bad)).isInstanceOf(MillraceException.class);
        }
    }
}
