package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.ConnectorDescriptor;
import io.millrace.core.catalog.OptionCategory;
import io.millrace.core.catalog.OptionRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ConnectorFilesTest {
    @ParameterizedTest
    @ValueSource(strings = {"kafka", "upsert-kafka", "filesystem", "jdbc", "mysql"})
    void explainsEveryOptionInBothLanguages(String name) {
        for (OptionRule rule : descriptor(name).rules()) {
            assertThat(rule.meaning().en()).as(rule.key()).endsWith(".");
            assertThat(rule.meaning().zh()).as(rule.key()).endsWith("。");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "filesystem"})
    void isDescribedInTheGuide(String name) throws IOException {
        String guide = Files.readString(Path.of(System.getProperty("millrace.root"), "docs", "guide", "catalog.md"));

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

    @Test
    void stopsTheServerWhenADescriptorIsMissing() {
        assertThatThrownBy(() -> ConnectorFiles.read("nothing")).hasMessageContaining("/connectors/nothing.yaml");
    }

    private static ConnectorDescriptor descriptor(String name) {
        return ConnectorFiles.read(name).choices().get(0);
    }
}
