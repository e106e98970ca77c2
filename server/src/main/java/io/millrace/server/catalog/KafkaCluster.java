package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.connection.Connection;
import io.millrace.server.connection.KafkaProperties;
import io.millrace.server.connection.OpenConnection;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One Kafka cluster: a database of the catalog.
 *
 * @param options the platform options of its tables, secrets included; made at each call
 * @param topics which topics its tables may have
 */
record KafkaCluster(DatabaseName name, String comment, Supplier<Map<String, String>> options, TopicRule topics) {
    /** Flink's connector carries Kafka's client under another name. */
    private static final String CLASSES = "org.apache.flink.kafka.shaded.";

    KafkaCluster {
        requireNonNull(name, "name");
        requireNonNull(comment, "comment");
        requireNonNull(options, "options");
        requireNonNull(topics, "topics");
    }

    /** The cluster of the installation itself. */
    static KafkaCluster main(String bootstrapServers) {
        return new KafkaCluster(
                new DatabaseName("main"),
                "The Kafka of this installation.",
                () -> Map.of("properties.bootstrap.servers", bootstrapServers),
                new TopicRule("main", List.of()));
    }

    static KafkaCluster of(OpenConnection open) {
        Connection connection = open.connection();
        return new KafkaCluster(
                new DatabaseName(connection.name().value()),
                connection.comment(),
                () -> options(open),
                new TopicRule(connection.name().value(), connection.fields().items(TopicRule.FIELD)));
    }

    private static Map<String, String> options(OpenConnection open) {
        open.checkReach();
        Map<String, String> options = new TreeMap<>();
        KafkaProperties.of(open.fields(), open::optionalSecret, CLASSES)
                .forEach((key, value) -> options.put("properties." + key, value));
        return options;
    }
}
