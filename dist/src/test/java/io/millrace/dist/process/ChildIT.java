package io.millrace.dist.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class ChildIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final ProcessTable table = new ProcessTable();

    @Test
    void anInterruptedProgramTakesItsOwnChildrenWithIt() throws Exception {
        Path file = folder.resolve("grandchild");
        var command = new Command(
                List.of(
                        "/bin/sh",
                        "-c",
                        "sleep 1000 & echo $! > " + file + ".new; mv " + file + ".new " + file + "; wait"),
                Map.of("PATH", "/usr/bin:/bin"),
                folder,
                folder.resolve("log"));
        var outcome = new CompletableFuture<Throwable>();
        var runner = new Thread(() -> {
            try {
                outcome.completeExceptionally(new AssertionError("ended with " + Child.run(command, "", table)));
            } catch (Exception e) {
                outcome.complete(e);
            }
        });
        runner.start();
        await().atMost(LIMIT).until(() -> Files.exists(file));
        ProcessId grandchild =
                table.find(Long.parseLong(Files.readString(file).strip())).orElseThrow();

        runner.interrupt();

        assertThat(outcome.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(table.runs(grandchild)).isFalse();
    }
}
