package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.cli.console.ServerToken;
import io.millrace.testkit.TestOidcProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
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

    private static final String LOGIN = "ann";

    @TempDir
    private Path folder;

    @Test
    void leadsItsReadersThroughTheirJourneys() throws Exception {
        assumeTrue(Files.isDirectory(UI.resolve("node_modules")), "the console was not built");
        Optional<Path> browser = BROWSERS.stream().filter(Files::isExecutable).findFirst();
        assumeTrue(browser.isPresent(), "there is no Chromium");

        int port = freePort();
        try (var provider = TestOidcProvider.start();
                var millrace = new Millrace(folder.resolve("home"))) {
            signInBy(provider, millrace, port);
            Millrace.Answer up = millrace.run("up", "--port", String.valueOf(port), "--output", "json");
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
                            "MILLRACE_OIDC_LOGIN",
                            LOGIN,
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

    private static void signInBy(TestOidcProvider provider, Millrace millrace, int port) {
        URI redirect = URI.create("http://127.0.0.1:" + port + "/sign-in");
        provider.client("console", Optional.empty(), redirect);
        provider.person(LOGIN, "subject of " + LOGIN, Map.of("preferred_username", LOGIN));
        millrace.with("MILLRACE_ACCESS_OIDC_ISSUER", provider.issuer().toString())
                .with("MILLRACE_ACCESS_OIDC_NAME", "Test provider")
                .with("MILLRACE_ACCESS_OIDC_CLIENT_ID", "console")
                .with("MILLRACE_ACCESS_OIDC_REDIRECT_URI", redirect.toString())
                .with("MILLRACE_ACCESS_OIDC_CREATE_USERS", "true");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
