package io.millrace.dist.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.dist.process.Child;
import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.process.Signal;
import io.millrace.dist.process.Stopper;
import io.millrace.dist.stack.Distribution;
import io.millrace.dist.stack.Home;
import io.millrace.dist.stack.Ports;
import io.millrace.dist.stack.Secrets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;

/** The PostgreSQL of the assembled distribution, as each user it can run as here. */
class PostgresE2E {
    private final ProcessTable table = new ProcessTable();

    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void makeHome() throws Exception {
        // Nobody may pass, as in most temporary folders.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        home = new Home(folder.resolve("home"));
        home.create();
    }

    @ParameterizedTest
    @EnumSource(PostgresUser.class)
    void startsAndKeepsItsData(PostgresUser user) throws Exception {
        assumeTrue((PostgresUser.here() == PostgresUser.CALLER) == (user == PostgresUser.CALLER), "not as this user");
        var postgres = new PostgresPart(site(), user);

        startAndStop(postgres);
        Path version = home.data("postgres").resolve("PG_VERSION");
        var firstTime = Files.getLastModifiedTime(version);
        startAndStop(postgres);

        assertThat(Files.getLastModifiedTime(version)).isEqualTo(firstTime);
        assertThat(home.conf("postgres").resolve("admin.password")).doesNotExist();
    }

    @Test
    void makesADataFolderAnewThatWasLeftHalfDone() throws Exception {
        Files.writeString(Files.createDirectories(home.data("postgres.fresh")).resolve("PG_VERSION"), "17\n");

        startAndStop(new PostgresPart(site()));

        assertThat(home.data("postgres.fresh")).doesNotExist();
        assertThat(home.data("postgres").resolve("global/pg_control")).exists();
    }

    private void startAndStop(PostgresPart postgres) throws Exception {
        postgres.prepare();
        Child child = Child.start(postgres.command(), table);
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> !child.isAlive() || postgres.answers());
            assertThat(child.isAlive())
                    .as(Files.readString(home.log("postgres")))
                    .isTrue();
        } finally {
            new Stopper(table).stop(child.id(), postgres.politeSignal(), Duration.ofSeconds(20));
        }
        assertThat(table.runs(child.id())).isFalse();
        assertThat(postgres.politeSignal()).isEqualTo(Signal.INT);
    }

    private Site site() throws IOException {
        try (var free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            var ports = new Ports("127.0.0.1", 1, 2, port, 3, 4, 5, 6, 7);
            return new Site(home, Distribution.ofThisProcess(), ports, new Secrets(home, new SecureRandom()));
        }
    }
}
