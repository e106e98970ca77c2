package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.InMemoryMetastore;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.PostgresProperties;
import io.millrace.server.connection.Reach;
import io.millrace.testkit.AtOnce;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Stores that accept connections and never come to the end of an answer. */
class StubbornStoreIT {
    private static final CatalogName STUBBORN = new CatalogName("stubborn");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int CALLERS = 2 * Outage.CALLS;

    /** Each kind of store, and how its answers begin. */
    private enum Kind {
        POSTGRES("NE\0\0p\0") {
            @Override
            RemoteStore at(int port) {
                var address = new PostgresServer.Address("127.0.0.1", port, "db", "me", PostgresProperties.preferred());
                return new PostgresRemote(STUBBORN, new PostgresServer(address, () -> "secret", Reach.ANYWHERE));
            }
        },
        MYSQL("\u00ff\u00ff\0\0\n") {
            @Override
            RemoteStore at(int port) {
                return new MysqlRemote(STUBBORN, MysqlConnections.to(port, "secret"));
            }
        },
        ICEBERG("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{") {
            @Override
            RemoteStore at(int port) {
                var address = IcebergStore.Address.rest("http://127.0.0.1:" + port, Optional.empty(), Optional.empty());
                return new IcebergRemote(STUBBORN, new IcebergStore(STUBBORN, address, Optional::empty, () -> {}));
            }
        },
        HIVE("\u0080\u0001\0\u0002\0\0\u00ff\u00ff") {
            @Override
            RemoteStore at(int port) {
                var store = new HiveStore(STUBBORN, List.of(new HiveStore.Address("127.0.0.1", port)), Reach.ANYWHERE);
                return new HiveRemote(STUBBORN, store, new TableFolder("file:///tmp/nowhere"));
            }
        };

        private final String head;

        Kind(String head) {
            this.head = head;
        }

        abstract RemoteStore at(int port);
    }

    /** A store, and whether it answers byte by byte or is silent. */
    private record Manner(Kind kind, boolean answers) {}

    @TestFactory
    List<DynamicTest> holdsAFewCallsOfItsOwnCatalogForAWhile() {
        List<Manner> manners = Arrays.stream(Kind.values())
                .flatMap(kind -> Stream.of(new Manner(kind, false), new Manner(kind, true)))
                .toList();
        return AtOnce.forEach(
                manners, LIMIT, manner -> hangs(manner.kind(), manner.answers() ? manner.kind().head : ""));
    }

    private static void hangs(Kind kind, String head) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try (var server = new StubbornServer(head.getBytes(StandardCharsets.ISO_8859_1));
                RemoteStore store = kind.at(server.port());
                PostgresRemote healthy = healthy()) {
            FetchedCatalog catalog = catalog(store);
            FetchedCatalog other = catalog(healthy);

            List<CompletableFuture<ErrorCode>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calls.add(CompletableFuture.supplyAsync(() -> failure(catalog), threads));
            }
            await().until(() -> server.most() > 0 && catalog.outage().isPresent());

            assertThat(other.databases()).extracting(Database::comment).containsExactly("standard public schema");
            assertThat(other.outage()).isEmpty();
            assertThat(calls).anyMatch(call -> !call.isDone());
            assertThat(calls).allMatch(call -> call.join() == ErrorCode.STORE_UNAVAILABLE);
            assertThat(server.most()).isBetween(1, Outage.CALLS);
            assertThat(catalog.outage().orElseThrow().notice())
                    .contains("'stubborn' does not answer")
                    .doesNotContain("127.0.0.1");
        } finally {
            threads.shutdownNow();
        }
    }

    private static ErrorCode failure(FetchedCatalog catalog) {
        try {
            catalog.databases();
            throw new AssertionError("it answered");
        } catch (MillraceException e) {
            return e.code();
        }
    }

    private static FetchedCatalog catalog(RemoteStore store) {
        var metastore = new InMemoryMetastore();
        return new FetchedCatalog(STUBBORN, store, ConnectorFiles.read("jdbc"), metastore, metastore, new TestClock());
    }

    private static PostgresRemote healthy() {
        return PostgresConnections.to(STUBBORN, TestPostgres.createDatabase());
    }
}
