package io.millrace.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class BundleConfigTest {
    @Test
    void theDefaults() {
        BundleConfig config = new SmallRyeConfigBuilder()
                .withMapping(BundleConfig.class)
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .build()
                .getConfigMapping(BundleConfig.class);

        assertThat(config.folder()).isEmpty();
        assertThat(config.keep()).isEqualTo(Duration.ofDays(14));
        assertThat(config.perJob()).isEqualTo(10);
        assertThat(config.megabytes()).isEqualTo(1024);
    }
}
