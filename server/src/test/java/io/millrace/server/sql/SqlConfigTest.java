package io.millrace.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class SqlConfigTest {
    @Test
    void hasTheseDefaults() {
        SqlConfig config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(SqlConfig.class)
                .build()
                .getConfigMapping(SqlConfig.class);

        assertThat(config.sessionIdle()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.maxSessions()).isEqualTo(100);
    }
}
