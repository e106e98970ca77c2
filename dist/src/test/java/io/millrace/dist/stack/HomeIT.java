package io.millrace.dist.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

class HomeIT {
    @TempDir
    private Path folder;

    @Test
    void isForItsOwnerAlone() throws Exception {
        var home = new Home(folder.resolve("home"));

        home.create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesAPlaceThatCannotBeAFolder() throws Exception {
        var home = new Home(Files.writeString(folder.resolve("file"), "taken").resolve("home"));

        assertThatThrownBy(home::create)
                .isInstanceOfSatisfying(
                        StackException.class,
                        refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.ENVIRONMENT))
                .hasMessageContaining("MILLRACE_HOME");
    }

    @Test
    void refusesAPathThatProgramsWouldWriteInDifferentWays() {
        assertThatThrownBy(() -> new Home(folder.resolve("my home")).create())
                .isInstanceOf(StackException.class)
                .hasMessageContaining("holds a space");
    }

    @Test
    void isWorkedOnByOneAtATime() {
        var home = new Home(folder);

        try (HomeLock first = HomeLock.take(home)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> HomeLock.take(home))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("Another process");
        }

        HomeLock.take(home).close();
    }

    @Test
    void keepsSecretsThatOnlyItsOwnerReads() throws Exception {
        var home = new Home(folder);
        home.create();
        var secrets = new Secrets(home, new SecureRandom());

        Path token = secrets.internalToken();

        assertThat(secrets.read(token)).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        assertThat(secrets.read(secrets.internalToken())).isEqualTo(secrets.read(token));
        assertThat(secrets.read(secrets.gatewayToken())).isNotEqualTo(secrets.read(token));
    }

    @Test
    void forgetsTemporaryFilesOfProcessesThatWereKilled() throws Exception {
        var home = new Home(folder);
        home.create();
        Files.writeString(Files.createDirectories(home.tmp().resolve("a/b")).resolve("c"), "left");

        home.emptyTmp();

        assertThat(home.tmp()).isEmptyDirectory();
    }
}
