package io.millrace.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class SnapshotConfigTest {
    @Test
    void theDefaults() {
        SnapshotConfig config = new SmallRyeConfigBuilder()
                .withMapping(SnapshotConfig.class)
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .build()
                .getConfigMapping(SnapshotConfig.class);

        assertThat(config.keep()).isEqualTo(10);
        assertThat(config.keepFor()).isEqualTo(Duration.ofDays(7));
    }
}
