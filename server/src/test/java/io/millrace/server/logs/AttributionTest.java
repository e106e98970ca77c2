package io.millrace.server.logs;

import static io.millrace.testkit.TestClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.job.LogLevel;
import io.millrace.core.target.FlinkJobId;
import io.millrace.server.logs.Attribution.Alone;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

class AttributionTest {
    private static final int TAG = 7;
    private static final UUID JOB = UUID.fromString("00000000-0000-0000-0000-00000000000a");
    private static final FlinkJobId FIRST = FlinkJobId.of(TAG, JOB, 1);
    private static final FlinkJobId SECOND = FlinkJobId.of(TAG, JOB, 2);
    private static final FlinkJobId OTHER =
            FlinkJobId.of(TAG, UUID.fromString("00000000-0000-0000-0000-00000000000b"), 1);
    private static final FlinkJobId FOREIGN = new FlinkJobId("0123456789abcdef0123456789abcdef");
    private static final String FLINK = "o.a.f.r.t.Task";
    private static final String LIBRARY = "o.a.k.c.NetworkClient";

    private final Attribution among = new Attribution(TAG, Optional.empty());

    private static Optional<LogOwner> owner(Attribution attribution, Instant at, String logger, String text) {
        String id = text.startsWith("[") ? text.substring(1, 33) : null;
        return attribution.of(new LogHeader(at, LogLevel.INFO, logger, Optional.ofNullable(id)), text);
    }

    private Optional<LogOwner> owner(String logger, String text) {
        return owner(among, NOON, logger, text);
    }

    @Test
    void believesTheLayout() {
        assertThat(owner(LIBRARY, "[" + FIRST + "] x")).contains(LogOwner.of(FIRST));
        assertThat(owner(FLINK, "[" + FOREIGN + "] x")).isEmpty();
    }

    @Test
    void knowsAnAttemptThatSpeaksOfTheOneBefore() {
        assertThat(owner(FLINK, "[" + SECOND + "] from file:/checkpoints/" + FIRST + "/chk-3"))
                .contains(LogOwner.of(SECOND));
        assertThat(owner(FLINK, "Job " + SECOND + " from file:/checkpoints/" + FIRST + "/chk-3"))
                .contains(LogOwner.of(SECOND));
    }

    @Test
    void whatNamesTwoJobsIsNobodys() {
        assertThat(owner(FLINK, "[" + FIRST + "] slot of " + OTHER)).isEmpty();
        assertThat(owner(FLINK, "slots of " + FIRST + ", " + OTHER)).isEmpty();
    }

    @Test
    void takesWhatNamesAJobForThatJobs() {
        assertThat(owner(FLINK, "slot 6613ec43f88780363ef93b8ef1682049 of " + FIRST))
                .contains(LogOwner.of(FIRST));
    }

    @Test
    void whatMayNameAForeignJobIsNobodys() {
        assertThat(owner(FLINK, "Submitting job 'collect' (" + FOREIGN + ").")).isEmpty();
    }

    @Test
    void whatFlinkSaysOfItselfIsOfTheProcess() {
        assertThat(owner(FLINK, "The heartbeat timed out.")).contains(LogOwner.CLUSTER);
        assertThat(owner("org.apache.flink.runtime.x.Y", "Connected.")).contains(LogOwner.CLUSTER);
    }

    @Test
    void whatLibrariesAndConnectorsSayIsOfSomeJob() {
        assertThat(owner(LIBRARY, "Cannot reach broker.")).contains(LogOwner.SOME_JOB);
        assertThat(owner("org.apache.flink.connector.kafka.source.X", "Topic secret-plans."))
                .contains(LogOwner.SOME_JOB);
    }

    @Test
    void itIsOfTheJobThatIsAlone() {
        Attribution alone = new Attribution(TAG, Optional.of(new Alone(FIRST, NOON)));

        assertThat(owner(alone, NOON, LIBRARY, "Cannot reach broker.")).contains(LogOwner.of(FIRST));
        assertThat(owner(alone, NOON, FLINK, "Task " + FOREIGN + "_0_0 failed."))
                .contains(LogOwner.of(FIRST));
        assertThat(owner(alone, NOON, FLINK, "The heartbeat timed out.")).contains(LogOwner.CLUSTER);
        assertThat(owner(alone, NOON.minusMillis(1), LIBRARY, "Cannot reach broker."))
                .contains(LogOwner.SOME_JOB);
        assertThat(owner(
                        new Attribution(TAG, Optional.of(new Alone(FOREIGN, NOON))),
                        NOON,
                        LIBRARY,
                        "Cannot reach broker."))
                .contains(LogOwner.SOME_JOB);
    }
}
