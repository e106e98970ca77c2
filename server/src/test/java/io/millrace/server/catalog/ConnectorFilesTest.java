package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.ConnectorDescriptor;
import io.millrace.core.catalog.OptionCategory;
import io.millrace.core.catalog.OptionRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

class ConnectorFilesTest {
    /** What a statement may set otherwise although the platform sets it: how much at a time, how often. */
    private static final Set<String> TUNED =
            Set.of("scan.fetch-size", "sink.buffer-flush.max-rows", "sink.buffer-flush.interval", "sink.max-retries");

    static List<String> names() throws IOException {
        Path folder = root().resolve("server/src/main/resources/connectors");
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .filter(name -> !name.equals("formats"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void explainsEveryOptionInBothLanguages(String name) {
        for (OptionRule rule : descriptor(name).rules()) {
            assertThat(rule.meaning().en()).as(rule.key()).endsWith(".");
            assertThat(rule.meaning().zh()).as(rule.key()).endsWith("。");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "filesystem"})
    void isDescribedInTheGuide(String name) throws IOException {
        String guide = Files.readString(root().resolve("docs/guide/catalog.md"));

        List<String> keys = descriptor(name).rules().stream()
                .filter(rule -> rule.category() == OptionCategory.DEFAULT
                        || (rule.category() == OptionCategory.REQUIRED
                                && rule.when().isEmpty()))
                .map(OptionRule::key)
                .toList();

        assertThat(keys).isNotEmpty().allSatisfy(key -> assertThat(guide).contains("`" + key + "`"));
    }

    /** Whoever sets one of these reads another team's data, loads a class, or connects elsewhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "properties.bootstrap.servers",
                "properties.sasl.jaas.config",
                "properties.security.protocol",
                "properties.config.providers",
                "properties.interceptor.classes",
                "properties.ssl.truststore.location",
                "properties.sasl.oauthbearer.token.endpoint.url",
                "properties.key.deserializer",
                "topic-pattern",
                "path",
                "source.path.regex-pattern",
                "partition.time-extractor.class",
                "sink.partition-commit.policy.class",
                "url",
                "driver",
                "table-name",
                "username",
                "password",
                "protobuf.message-class-name",
                "avro-confluent.url"
            })
    void letsNobodySetWhereOrAsWhom(String key) {
        for (String name : List.of("kafka", "upsert-kafka", "filesystem", "jdbc", "mysql")) {
            var given = Map.of("topic", "t", key, "x");

            assertThat(descriptor(name).check(given))
                    .extracting("pointer")
                    .as(name)
                    .contains("/options/" + key);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "filesystem, path",
        "hbase, table",
        "hive, path",
        "iceberg, uri",
        "iceberg, warehouse",
        "iceberg, catalog-database",
        "iceberg, catalog-table",
        "jdbc, url",
        "jdbc, table-name",
        "kafka, topic",
        "mysql, url",
        "mysql, table-name",
        "redis, key-prefix",
        "upsert-kafka, topic"
    })
    void knowsWhichOptionsSayWhereTheDataIs(String name, String key) {
        assertThat(descriptor(name).rules())
                .filteredOn(rule -> rule.key().equals(key))
                .singleElement()
                .satisfies(rule -> assertThat(rule.identity()).isTrue());
    }

    @ParameterizedTest
    @MethodSource("names")
    void letsNoHintLeadElsewhere(String name) {
        ConnectorDescriptor descriptor = descriptor(name);

        List<String> fixed = descriptor.rules().stream()
                .filter(rule -> rule.identity() || rule.category() == OptionCategory.PLATFORM)
                .map(OptionRule::key)
                .filter(key -> !TUNED.contains(key))
                .toList();

        assertThat(descriptor.hintableKeys()).doesNotContainAnyElementsOf(fixed);
    }

    @ParameterizedTest
    @CsvSource({"iceberg, token", "jdbc, password", "mysql, password"})
    void showsNobodyASecret(String name, String key) {
        assertThat(descriptor(name).rules())
                .filteredOn(rule -> rule.key().equals(key))
                .singleElement()
                .satisfies(rule -> assertThat(rule.sensitive()).isTrue());
    }

    @Test
    void stopsTheServerWhenADescriptorIsMissingOrAnOptionUnexplained() {
        assertThatThrownBy(() -> ConnectorFiles.read("nothing")).hasMessageContaining("/connectors/nothing.yaml");
        assertThatThrownBy(() -> ConnectorFiles.read("unexplained"))
                .hasMessageContaining("option topic is not explained");
    }

    private static Path root() {
        return Path.of(System.getProperty("millrace.root"));
    }

    private static ConnectorDescriptor descriptor(String name) {
        return ConnectorFiles.read(name).choices().get(0);
    }
}
