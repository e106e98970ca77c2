package io.millrace.server.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class GitConfigTest {
    @Test
    void theDefaults() {
        GitConfig config = new SmallRyeConfigBuilder()
                .withMapping(GitConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .build()
                .getConfigMapping(GitConfig.class);

        assertThat(config.folder()).isEmpty();
        assertThat(config.fetchLimit()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.pace()).isEqualTo(Duration.ofSeconds(5));
    }
}
