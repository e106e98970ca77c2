package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What happens around every command. */
class CommandsTest {
    @TempDir
    private Path folder;

    @Test
    void aServerThatIsNotThereIsSaidInOneSentence() {
        assertThat(Run.in(folder).run("job", "list"))
                .isEqualTo(new Run.Result(3, "", "millrace: Millrace is not running. Start it with `millrace up`.\n"));
    }

    @Test
    void aStackThatStoppedIsNotAskedEvenIfSomethingListensOnItsPort() throws IOException {
        try (FakeServer server = new FakeServer()) {
            stack("DOWN", server.address().getPort());
            assertThat(Run.in(folder).run("job", "list").exitCode()).isEqualTo(3);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void theLocalStackIsFoundByItsRecord() throws IOException {
        try (FakeServer server = new FakeServer()) {
            stack("UP", server.address().getPort());
            server.on("GET /jobs", "{\"items\":[]}");

            Run.Result result = Run.in(folder).run("job", "list");

            assertThat(result.exitCode()).isZero();
            assertThat(result.err()).startsWith("There are no jobs.");
        }
    }

    @Test
    void theTokenOfTheLocalStackIsSentToTheLocalStackOnly() throws IOException {
        try (FakeServer server = new FakeServer()) {
            stack("UP", server.address().getPort());
            Path secrets = Files.createDirectories(folder.resolve("home/secrets"));
            Files.writeString(secrets.resolve("local.token"), "of-the-stack\n");
            server.on("GET /jobs", "{\"items\":[]}");

            Run.in(folder).run("job", "list");
            Run.in(folder).run("job", "list", "--server", server.address().toString());
            Run.in(folder).variable("MILLRACE_TOKEN", "given").run("job", "list");
            Run.in(folder).with(server).variable("MILLRACE_TOKEN", "given").run("job", "list");

            assertThat(server.tokens()).containsExactly("Bearer of-the-stack", "", "Bearer given", "Bearer given");
        }
    }

    @Test
    void aDeadServerOfTheLocalStackIsNotRunning() throws IOException {
        int port;
        try (FakeServer server = new FakeServer()) {
            port = server.address().getPort();
        }
        stack("UP", port);

        assertThat(Run.in(folder).run("job", "list"))
                .isEqualTo(new Run.Result(3, "", "millrace: Millrace is not running. Start it with `millrace up`.\n"));
        assertThat(Run.in(folder)
                        .run("job", "list", "--server", "127.0.0.1:" + port)
                        .err())
                .startsWith("millrace: No answer from http://127.0.0.1:" + port)
                .endsWith("Is this the right address?\n");
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        Run.Result result = Run.in(folder).run("job", "list", "--server", "ftp://x");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--server: 'ftp://x' is not the address of a server.");
    }

    @Test
    void aMistypedCommandOrOptionSuggestsTheNearest() {
        assertThat(Run.in(folder).run("jbo", "list").err()).contains("Did you mean: millrace job");
        assertThat(Run.in(folder).run("job", "strat", "x").err()).contains("Did you mean: millrace job start");
        assertThat(Run.in(folder).run("job", "start", "x", "--wiat").err()).contains("--wait");
        assertThat(Run.in(folder).run("job", "start", "x", "--wiat").exitCode()).isEqualTo(2);
        assertThat(Run.in(folder).run("job").exitCode()).isEqualTo(2);
        assertThat(Run.in(folder).run("job", "list", "--output", "xml").err())
                .contains("Invalid value for option '--output'", "table", "json");
    }

    private void stack(String phase, int port) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(
                home.resolve("stack.json"),
                "{\"phase\":\"" + phase + "\",\"ports\":{\"host\":\"0.0.0.0\",\"server\":" + port + "}}");
    }
}
