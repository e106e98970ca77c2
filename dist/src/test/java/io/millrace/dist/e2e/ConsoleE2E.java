package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.cli.console.ServerToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The console's journeys ({@code ui/e2e}) in a real browser against a real stack. Left out where there is no Node. */
class ConsoleE2E {
    private static final Path UI = Path.of(System.getProperty("millrace.root"), "ui");
    private static final List<Path> BROWSERS = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    @TempDir
    private Path folder;

    @Test
    void leadsItsReadersThroughTheirJourneys() throws Exception {
        assumeTrue(Files.isDirectory(UI.resolve("node_modules")), "the console was not built");
        Optional<Path> browser = BROWSERS.stream().filter(Files::isExecutable).findFirst();
        assumeTrue(browser.isPresent(), "there is no Chromium");

        try (var millrace = new Millrace(folder.resolve("home"))) {
            Millrace.Answer up = millrace.run("up", "--output", "json");
            assertThat(up.exit()).as(up.err()).isZero();

            String token = ServerToken.ofStack(millrace.home()).orElseThrow();
            Path log = folder.resolve("playwright.log");
            var journeys = new ProcessBuilder("npm", "run", "e2e", "--silent")
                    .directory(UI.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            journeys.environment()
                    .putAll(Map.of(
                            "MILLRACE_URL",
                            up.json().path("ui").asText(),
                            "MILLRACE_TOKEN",
                            token,
                            "MILLRACE_CHROMIUM",
                            browser.get().toString(),
                            "NO_COLOR",
                            "1"));
            Process process = journeys.start();
            boolean ended = process.waitFor(10, TimeUnit.MINUTES);
            process.destroyForcibly();

            assertThat(ended).as(Files.readString(log)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
            Millrace.Answer down = millrace.run("down");
            assertThat(down.exit()).as(down.err()).isZero();
        }
    }
}
