package io.millrace.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class SettingsTest {
    private static final Path PAGE = Path.of(System.getProperty("millrace.root"), "docs", "reference", "settings.md");

    @Test
    void suggestsTheNearestNameForAnUnknownOne() {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of("millrace.gatewy.url", "x", "millrace.gateway.url", "y", "other.thing", "z"),
                        "file",
                        100))
                .build();

        assertThat(Settings.unknown(config))
                .containsExactly("There is no setting 'millrace.gatewy.url'. Did you mean 'millrace.gateway.url'?");
    }

    @Test
    void knowsTheSettingsOfEveryFeature() {
        long interfaces = new ClassFileImporter()
                .importPackages("io.millrace.server").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(type ->
                                type.getAnnotationOfType(ConfigMapping.class).prefix())
                        .filter(prefix ->
                                Settings.ALL.names().stream().noneMatch(name -> name.startsWith(prefix + ".")))
                        .count();

        assertThat(interfaces)
                .as("config interfaces that are missing in Settings")
                .isZero();
    }

    @Test
    void theReferencePageIsUpToDate() throws IOException {
        if (Boolean.getBoolean("millrace.update")) {
            Files.writeString(PAGE, Settings.ALL.page());
        }

        assertThat(PAGE)
                .as("docs/reference/settings.md; write it anew with -Dtest.jvm.args=-Dmillrace.update=true")
                .hasContent(Settings.ALL.page());
    }
}
