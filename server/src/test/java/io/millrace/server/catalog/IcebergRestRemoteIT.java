package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.TableName;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.testkit.TestIcebergRest;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A catalog behind Iceberg's own REST server. */
class IcebergRestRemoteIT extends IcebergRemoteContract {
    private static final CatalogName LAKE = new CatalogName("lake");

    @TempDir
    static Path folder;

    private static TestIcebergRest server;

    private RESTCatalog other;
    private IcebergRemote remote;

    @BeforeAll
    static void start() {
        server = TestIcebergRest.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        other = new RESTCatalog();
        other.initialize(
                "other",
                Map.of(
                        CatalogProperties.URI,
                        server.uri(),
                        CatalogProperties.FILE_IO_IMPL,
                        "org.apache.iceberg.hadoop.HadoopFileIO"));
        other.createNamespace(Namespace.of("shop"), new java.util.HashMap<>(Map.of("comment", "All of the shop")));
        remote = remote(server.uri(), Optional.empty());
    }

    @AfterEach
    void close() throws IOException {
        remote.dropDatabase(SHOP, true);
        remote.close();
        other.close();
    }

    @Override
    IcebergRemote remote() {
        return remote;
    }

    @Override
    Catalog other() {
        return other;
    }

    @Test
    void renamesATable() {
        RemoteStore.RemoteTable orders = remote.create(ORDERS, spec(Column.physical("id", "BIGINT")));

        RemoteStore.RemoteTable renamed = remote.alter(orders, new TableName("sales"), orders.spec());

        assertThat(renamed.key()).isEqualTo(orders.key());
        assertThat(other.tableExists(TableIdentifier.of("shop", "sales"))).isTrue();
        assertThat(remote.find(ORDERS)).isEmpty();
    }

    @Test
    void readsTheCommentOfANamespace() {
        assertThat(remote.databases())
                .filteredOn(each -> each.name().value().equals("shop"))
                .singleElement()
                .extracting(each -> each.comment())
                .isEqualTo("All of the shop");
    }

    @Test
    void saysThatACatalogDoesNotAnswer() throws IOException {
        int closed;
        try (var socket = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (IcebergRemote away = remote("http://127.0.0.1:" + closed, Optional.empty())) {
            assertThatThrownBy(away::databases)
                    .isInstanceOf(MillraceException.class)
                    .hasMessage("Iceberg catalog 'lake' does not answer.")
                    .extracting(thrown -> ((MillraceException) thrown).code())
                    .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        }
    }

    @Test
    void sendsTheTokenAndObeysNothingThatTheServerConfigures() throws IOException {
        var seen = new CopyOnWriteArrayList<String>();
        HttpServer rogue = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        rogue.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            seen.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            String body = path.equals("/v1/config")
                    ? "{\"defaults\":{},\"overrides\":{\"io-impl\":\"java.util.ArrayList\",\"uri\":\"http://127.0.0.1:1\","
                            + "\"rest.auth.type\":\"java.util.ArrayList\"}}"
                    : "";
            if (!path.equals("/v1/config")) {
                exchange.getResponseHeaders().add("Location", "http://169.254.169.254/latest/meta-data");
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.equals("/v1/config") ? 200 : 302, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        rogue.start();
        try (IcebergRemote misled =
                remote("http://127.0.0.1:" + rogue.getAddress().getPort(), Optional.of("s3cret"))) {
            assertThatThrownBy(misled::databases)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageNotContaining("s3cret")
                    .extracting(thrown -> ((MillraceException) thrown).code())
                    .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            assertThat(seen).containsExactly("/v1/config Bearer s3cret", "/v1/namespaces Bearer s3cret");
        } finally {
            rogue.stop(0);
        }
    }

    @Test
    void neverLeadsToFilesOutsideTheConnectionsFolder() {
        var plain = new Schema(Types.NestedField.optional(1, "id", Types.LongType.get()));
        var shop = Namespace.of("shop");
        other.buildTable(TableIdentifier.of(shop, "moved"), plain)
                .withProperty("write.data.path", "file:///etc/data")
                .create();
        remote.create(ORDERS, spec(Column.physical("id", "BIGINT")));
        try (IcebergRemote unnamed = new IcebergRemote(
                LAKE,
                new IcebergStore(
                        LAKE,
                        IcebergStore.Address.rest(server.uri(), Optional.empty(), Optional.empty()),
                        Optional::empty,
                        () -> {}))) {
            assertThat(remote.find(ORDERS)).isPresent();
            assertThatThrownBy(() -> remote.find(SHOP.table(new TableName("moved"))))
                    .hasMessageContaining("outside the folder");
            assertThatThrownBy(() -> unnamed.find(ORDERS)).hasMessageContaining("field 'files'");
        }
    }

    @Test
    void asksForPermissionBeforeEachRequest() {
        var denied = new MillraceException(ErrorCode.EGRESS_DENIED, "not there");
        var store = new IcebergStore(
                LAKE,
                IcebergStore.Address.rest(server.uri(), Optional.empty(), Optional.empty()),
                Optional::empty,
                () -> {
                    throw denied;
                });
        try (IcebergRemote outside = new IcebergRemote(LAKE, store)) {
            assertThatThrownBy(
                            () -> outside.find(DatabasePath.of("lake", "shop").table(new TableName("t"))))
                    .isSameAs(denied);
        }
    }

    private static IcebergRemote remote(String uri, Optional<String> token) {
        return new IcebergRemote(
                LAKE,
                new IcebergStore(
                        LAKE,
                        IcebergStore.Address.rest(
                                uri,
                                Optional.empty(),
                                Optional.of(folder.toUri().toString())),
                        () -> token,
                        () -> {}));
    }
}
