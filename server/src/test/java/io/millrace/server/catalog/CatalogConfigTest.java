package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

class CatalogConfigTest {
    @Test
    void readsEverySettingAndThePasswordFromItsFile(@TempDir Path folder) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "pa ss\n");

        CatalogConfig config = new SmallRyeConfigBuilder()
                .withMapping(CatalogConfig.class)
                .withDefaultValue("millrace.catalog.kafka.bootstrap-servers", "a:9092")
                .withDefaultValue("millrace.catalog.warehouse.root", "file:///w")
                .withDefaultValue("millrace.catalog.postgres.host", "db")
                .withDefaultValue("millrace.catalog.postgres.database", "data")
                .withDefaultValue("millrace.catalog.postgres.username", "data")
                .withDefaultValue("millrace.catalog.postgres.password-file", password.toString())
                .build()
                .getConfigMapping(CatalogConfig.class);

        assertThat(config.kafka().bootstrapServers()).isEqualTo("a:9092");
        assertThat(config.warehouse().root()).isEqualTo(URI.create("file:///w"));
        assertThat(config.postgres().port()).isEqualTo(5432);
        assertThat(config.postgres().password()).isEqualTo("pa ss");
    }
}
