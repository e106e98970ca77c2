package io.millrace.dist.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Real processes, polite ones and others. */
class StopperIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ProcessTable table = new ProcessTable();
    private final Stopper stopper = new Stopper(table);

    @TempDir
    private Path folder;

    private @Nullable Child child;

    @AfterEach
    void leaveNothing() {
        if (child != null) {
            stopper.stop(child.id(), Signal.KILL, LIMIT);
        }
    }

    @Test
    void endsAPoliteProcessByItsSignal() throws Exception {
        Child sleeper = start("exec sleep 100");

        assertThat(stopper.stop(sleeper.id(), Signal.TERM, LIMIT)).isTrue();

        assertThat(sleeper.awaitExit(LIMIT)).isTrue();
        assertThat(sleeper.exitValue()).isEqualTo(128 + 15);
    }

    @Test
    void sendsTheSignalOfCtrlC() throws Exception {
        Child trapping = start("trap 'exit 42' INT; echo ready; while true; do sleep 0.05; done");
        awaitLine("ready");

        assertThat(stopper.stop(trapping.id(), Signal.INT, LIMIT)).isTrue();

        assertThat(trapping.awaitExit(LIMIT)).isTrue();
        assertThat(trapping.exitValue()).isEqualTo(42);
    }

    @Test
    void killsAProcessThatRefusesToEnd() throws Exception {
        Child stubborn = start("trap '' TERM; echo ready; while true; do sleep 0.05; done");
        awaitLine("ready");

        assertThat(stopper.stop(stubborn.id(), Signal.TERM, Duration.ofMillis(300)))
                .isTrue();

        assertThat(table.runs(stubborn.id())).isFalse();
    }

    @Test
    void sparesAnotherProcessThatGotTheNumber() throws Exception {
        Child sleeper = start("exec sleep 100");
        var namesake = new ProcessId(sleeper.id().pid(), sleeper.id().startTicks() - 1);

        assertThat(stopper.stop(namesake, Signal.KILL, LIMIT)).isTrue();

        assertThat(sleeper.awaitExit(Duration.ofMillis(200))).isFalse();
    }

    @Test
    void givesAChildNoMoreThanTheListedEnvironment() throws Exception {
        Child env = start("exec env");

        assertThat(env.awaitExit(LIMIT)).isTrue();
        assertThat(new LogFile(folder.resolve("log")).tail(100))
                .contains("COLOUR=blue")
                .noneMatch(line -> line.startsWith("PATH=/") || line.startsWith("JAVA_HOME"));
    }

    private Child start(String script) throws Exception {
        var command =
                new Command(List.of("/bin/sh", "-c", script), Map.of("COLOUR", "blue"), folder, folder.resolve("log"));
        child = Child.start(command, table);
        return child;
    }

    private void awaitLine(String line) {
        await().atMost(LIMIT)
                .until(() -> new LogFile(folder.resolve("log")).tail(10).contains(line));
    }
}
