package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.connection.Connection;
import io.millrace.core.connection.HostName;
import io.millrace.server.connection.KafkaProperties;
import io.millrace.server.connection.OpenConnection;
import io.millrace.server.connection.Reach;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One Kafka cluster: a database of the catalog.
 *
 * @param options the platform options of its tables, secrets included; made at each call
 * @param topics which topics its tables may have
 * @param pulse whether it can be reached
 */
record KafkaCluster(
        DatabaseName name, String comment, Supplier<Map<String, String>> options, TopicRule topics, Pulse pulse) {
    private static final CatalogName CATALOG = new CatalogName("kafka");

    /** Flink's connector carries Kafka's client under another name. */
    private static final String CLASSES = "org.apache.flink.kafka.shaded.";

    /**
     * The request by which Kafka's clients begin, before they sign in: length, key 18 and version 0 of the request, a
     * number of ours, and the client's name. See <a href="https://kafka.apache.org/protocol">Kafka's protocol</a>.
     */
    private static final String API_VERSIONS = "\0\0\0\u0012\0\u0012\0\0\0\0\0\1\0\u0008millrace";

    KafkaCluster {
        requireNonNull(name, "name");
        requireNonNull(comment, "comment");
        requireNonNull(options, "options");
        requireNonNull(topics, "topics");
        requireNonNull(pulse, "pulse");
    }

    /** The cluster of the installation itself. */
    static KafkaCluster main(String bootstrapServers, Clock clock) {
        List<String> servers = Stream.of(bootstrapServers.split(","))
                .map(String::strip)
                .filter(server -> HostName.addressFlaw(server).isEmpty())
                .toList();
        return new KafkaCluster(
                new DatabaseName("main"),
                "The Kafka of this installation.",
                () -> Map.of("properties.bootstrap.servers", bootstrapServers),
                new TopicRule("main", List.of()),
                new Pulse(
                        CATALOG,
                        new Knock("The Kafka of this installation", servers, API_VERSIONS, Reach.ANYWHERE),
                        clock));
    }

    /** {@code pulse} is one that {@link #pulse} gave for this version of the connection. */
    static KafkaCluster of(OpenConnection open, Pulse pulse) {
        Connection connection = open.connection();
        return new KafkaCluster(
                new DatabaseName(connection.name().value()),
                connection.comment(),
                () -> options(open),
                new TopicRule(connection.name().value(), connection.fields().items(TopicRule.FIELD)),
                pulse);
    }

    static Pulse pulse(OpenConnection open, Clock clock) {
        String what = "The Kafka cluster of connection '" + open.connection().name() + "'";
        // Bytes that begin no TLS handshake would be an error in the broker's log.
        String hello = open.fields().text("securityProtocol").endsWith("SSL") ? "" : API_VERSIONS;
        List<String> servers = open.fields().items("bootstrapServers");
        return new Pulse(CATALOG, new Knock(what, servers, hello, open.reach()), clock);
    }

    private static Map<String, String> options(OpenConnection open) {
        open.checkReach();
        Map<String, String> options = new TreeMap<>();
        KafkaProperties.of(open.fields(), open::optionalSecret, CLASSES)
                .forEach((key, value) -> options.put("properties." + key, value));
        return options;
    }
}
