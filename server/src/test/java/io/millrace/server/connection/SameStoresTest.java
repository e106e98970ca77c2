package io.millrace.server.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.connection.ConnectionId;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.ConnectionName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

class SameStoresTest {
    private static final Map<String, Object> CRM = Map.of("host", "db", "port", 5432, "database", "crm");

    static Stream<Arguments> pairs() {
        return Stream.of(
                pair(true, ConnectionKind.KAFKA, servers("k1:9092", "k2:9092"), servers("K2:9092", "k1:9092")),
                pair(true, ConnectionKind.KAFKA, servers("k1:9092", "k2:9092"), servers("k2:9092", "k3:9092")),
                pair(false, ConnectionKind.KAFKA, servers("k1:9092"), servers("k1:9093")),
                pair(true, ConnectionKind.POSTGRES, CRM, Map.of("host", "DB", "port", 5432, "database", "crm")),
                pair(false, ConnectionKind.POSTGRES, CRM, Map.of("host", "db", "port", 5432, "database", "CRM")),
                pair(false, ConnectionKind.POSTGRES, CRM, Map.of("host", "db", "port", 5433, "database", "crm")),
                pair(true, ConnectionKind.MYSQL, place("localhost"), place("127.0.0.1")),
                pair(false, ConnectionKind.MYSQL, place("127.0.0.1"), place("127.0.0.2")),
                pair(true, ConnectionKind.ICEBERG, rest("http://c:8181/", "a"), rest("http://c:8181", "a")),
                pair(false, ConnectionKind.ICEBERG, rest("http://c:8181", "a"), rest("http://c:8181", "b")),
                pair(true, ConnectionKind.ICEBERG, root("hdfs://nn/a/"), root("hdfs://nn/a")),
                pair(
                        true,
                        ConnectionKind.HIVE,
                        Map.of("metastore", List.of("h1:9083", "h2:9083")),
                        Map.of("metastore", List.of("h2:9083"))));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void knowsWhatLeadsToOneStore(
            boolean same, ConnectionKind kind, Map<String, Object> one, Map<String, Object> other) {
        var stores = stores(connection("a", kind, one), connection("b", kind, other));

        assertThat(stores.others(new ConnectionName("a"))).isEqualTo(same ? names("b") : List.of());
        assertThat(stores.others(new ConnectionName("b"))).isEqualTo(same ? names("a") : List.of());
    }

    @Test
    void takesTheWordOfAClusterThatWasAsked() {
        Connection inside = connection("inside", ConnectionKind.KAFKA, servers("10.0.0.1:9092"));
        Connection outside = connection("outside", ConnectionKind.KAFKA, servers("kafka.example:443"));
        Connection other = connection("other", ConnectionKind.KAFKA, servers("10.0.0.2:9092"));
        var told = Map.of("10.0.0.1:9092", "Q1", "kafka.example:443", "Q1", "10.0.0.2:9092", "Q2");
        var stores = new SameStores(() -> List.of(inside, other, outside), kind -> told);

        assertThat(stores.others(inside.name())).isEqualTo(names("outside"));
        assertThat(stores.others(other.name())).isEmpty();
        assertThat(stores.others(new ConnectionName("nobody"))).isEmpty();
    }

    @Test
    void followsLinksOfFolders(@TempDir Path folder) throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        var stores = stores(
                connection("a", ConnectionKind.FILESYSTEM, Map.of("root", "file://" + real)),
                connection("b", ConnectionKind.FILESYSTEM, Map.of("root", "file://" + link + "/")),
                connection("c", ConnectionKind.FILESYSTEM, Map.of("root", "file://" + folder)));

        assertThat(stores.others(new ConnectionName("a"))).isEqualTo(names("b"));
    }

    private static SameStores stores(Connection... connections) {
        return new SameStores(() -> List.of(connections), kind -> Map.of());
    }

    private static Connection connection(String name, ConnectionKind kind, Map<String, Object> fields) {
        return new Connection(
                new ConnectionId(UUID.nameUUIDFromBytes(name.getBytes(UTF_8))),
                new ConnectionName(name),
                kind,
                new ConnectionFields(fields),
                Map.of(),
                "",
                1,
                "us",
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static List<ConnectionName> names(String name) {
        return List.of(new ConnectionName(name));
    }

    private static Map<String, Object> servers(String... servers) {
        return Map.of("bootstrapServers", List.of(servers));
    }

    private static Map<String, Object> place(String host) {
        return Map.of("host", host, "port", 3306);
    }

    private static Map<String, Object> rest(String uri, String warehouse) {
        return Map.of("catalogType", "rest", "uri", uri, "warehouse", warehouse);
    }

    private static Map<String, Object> root(String root) {
        return Map.of("catalogType", "hadoop", "root", root);
    }

    private static Arguments pair(
            boolean same, ConnectionKind kind, Map<String, Object> one, Map<String, Object> other) {
        return Arguments.of(same, kind, one, other);
    }
}
