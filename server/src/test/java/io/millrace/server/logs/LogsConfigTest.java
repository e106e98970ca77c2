package io.millrace.server.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class LogsConfigTest {
    @Test
    void theDefaults() {
        LogsConfig config = new SmallRyeConfigBuilder()
                .withMapping(LogsConfig.class)
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .build()
                .getConfigMapping(LogsConfig.class);

        assertThat(config.enabled()).isTrue();
        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.keep()).isEqualTo(Duration.ofDays(14));
        assertThat(config.megabytesPerAttempt()).isEqualTo(64);
        assertThat(config.megabytes()).isEqualTo(1024);
        assertThat(config.megabytesPerMinute()).isEqualTo(64);
    }
}
