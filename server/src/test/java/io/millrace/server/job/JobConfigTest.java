package io.millrace.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class JobConfigTest {
    @Test
    void theDefaults() {
        JobConfig config = new SmallRyeConfigBuilder()
                .withMapping(JobConfig.class)
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .build()
                .getConfigMapping(JobConfig.class);

        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.fastInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.keepDeleted()).isEqualTo(Duration.ofDays(30));
        assertThat(config.proofLimit()).isEqualTo(Duration.ofMinutes(3));
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(10));
    }
}
