package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.testkit.FakeMysql;
import io.millrace.testkit.TestMariaDb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Database servers that are down, dying or hostile: one sentence within ten seconds, and nothing given away. */
class MysqlOutageIT {
    private static final String SECRET = "canary-of-the-password";

    static Stream<Map.Entry<String, FakeMysql.Manner>> manners() {
        return Stream.of(
                Map.entry("nonsense", FakeMysql.Manner.nonsense()),
                Map.entry("flood", FakeMysql.Manner.flood()),
                Map.entry("death", FakeMysql.Manner.death()));
    }

    @ParameterizedTest
    @MethodSource("manners")
    @Timeout(10)
    void givesUpOn(Map.Entry<String, FakeMysql.Manner> manner) throws IOException {
        try (var server = new FakeMysql(manner.getValue())) {
            assertUnavailable(server.port());
        }
    }

    @Test
    void saysWhichServerIsDown() throws IOException {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }

        assertUnavailable(unused);
    }

    @Test
    @Timeout(10)
    void sendsNoFileToAServerThatAsksForOne(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret.txt"), "canary-of-the-file");

        try (var server = new FakeMysql(FakeMysql.Manner.thirst(file.toString()))) {
            assertUnavailable(server.port());

            assertThat(server.answers()).isPositive();
            assertThat(server.heard()).contains("millrace").doesNotContain("canary-of-the-file", SECRET);
        }
    }

    @Test
    void saysThatTheUserIsWrong() {
        try (var server = TestMariaDb.start();
                var remote = remote(server.port())) {
            assertThatThrownBy(remote::databases).isInstanceOfSatisfying(MillraceException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
                assertThat(e).hasMessage("The MySQL server of catalog 'm' does not let the platform's user in.");
            });
        }
    }

    @Test
    void goesOnWhenAKilledServerIsBack() {
        try (var server = TestMariaDb.start();
                var remote = new MysqlRemote(new CatalogName("m"), MysqlConnections.to(server))) {
            server.execute("CREATE DATABASE crm", "CREATE TABLE crm.t (id int)");
            TablePath path = TablePath.of("m", "crm", "t");
            assertThat(remote.find(path)).isPresent();

            server.kill();
            assertThatThrownBy(() -> remote.heads(path.parent()))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
            server.restart();

            assertThat(remote.find(path)).isPresent();
        }
    }

    /** A lock that somebody holds ends the wait, not the server. */
    @Test
    @Timeout(20)
    void givesUpOnALockedTable() throws Exception {
        try (var server = TestMariaDb.start();
                var remote = new MysqlRemote(new CatalogName("m"), MysqlConnections.to(server))) {
            TestMariaDb.Database crm = server.database("crm");
            crm.execute("CREATE TABLE t (id int)");
            try (var holder = crm.connect();
                    var statement = holder.createStatement()) {
                statement.execute("LOCK TABLES t WRITE");

                assertThatThrownBy(() -> remote.drop(TablePath.of("m", "crm", "t")))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
                assertThat(remote.heads(DatabasePath.of("m", "crm"))).hasSize(1);
            }
        }
    }

    private static void assertUnavailable(int port) {
        try (var remote = remote(port)) {
            assertThatThrownBy(remote::databases).isInstanceOfSatisfying(MillraceException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
                assertThat(e).hasMessage("The MySQL server of catalog 'm' does not answer.");
            });
        }
    }

    private static MysqlRemote remote(int port) {
        return new MysqlRemote(new CatalogName("m"), MysqlConnections.to(port, SECRET));
    }
}
