package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.client.Rest;
import io.millrace.api.gateway.NewSubmission;
import io.millrace.api.gateway.SubmissionView;
import io.millrace.cli.console.ServerToken;
import io.millrace.dist.e2e.Millrace;
import io.millrace.dist.process.ProcessId;
import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.stack.Entry;
import io.millrace.dist.stack.Home;
import io.millrace.dist.stack.PartState;
import io.millrace.dist.stack.StackFile;
import io.millrace.dist.stack.StackRecord;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A local stack of its own, what a drill must know of it, and what it does to it. */
final class DrillStack implements AutoCloseable {
    /** States in which Flink has ended a job. */
    static final Set<String> OVER = Set.of("FINISHED", "CANCELED", "FAILED");

    private static final Duration BACK = Duration.ofMinutes(2);

    private final Millrace millrace;
    private final Home home;
    private final Properties settings = new Properties();
    private final ProcessTable table = new ProcessTable();
    private final HttpClient http = HttpClient.newHttpClient();

    private DrillStack(Path folder) {
        this.millrace = new Millrace(folder);
        this.home = new Home(folder);
    }

    static DrillStack up(Path home) throws IOException, InterruptedException {
        DrillStack stack = new DrillStack(home);
        Millrace.Answer up = stack.millrace.run("up");
        assertThat(up.exit()).as(up.err()).isZero();
        try (Reader reader = Files.newBufferedReader(stack.serverSettingsFile())) {
            stack.settings.load(reader);
        }
        return stack;
    }

    Home home() {
        return home;
    }

    /** A settings file like that of the stack's server, with some settings changed. */
    Path serverSettings(Map<String, String> changes) throws IOException {
        Properties changed = new Properties();
        changed.putAll(settings);
        changed.putAll(changes);
        Path file = Files.createTempFile(millrace.home(), "drill-server", ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            changed.store(writer, null);
        }
        return file;
    }

    private Path serverSettingsFile() {
        return home.conf("server").resolve("application.properties");
    }

    String setting(String name) {
        return settings.getProperty(name);
    }

    Path serverJar() {
        return Path.of(System.getProperty("millrace.distribution")).resolve("lib/server/quarkus-run.jar");
    }

    File log(String name) {
        return home.log(name).toFile();
    }

    /** What proves the stack's user. */
    String token() {
        return ServerToken.ofStack(millrace.home()).orElseThrow();
    }

    /** The stack's own server. */
    MillraceClient client() {
        String token = token();
        return MillraceClient.at(
                        URI.create("http://127.0.0.1:" + record().ports().server()))
                .withToken(() -> token);
    }

    URI gateway() {
        return URI.create(setting("millrace.gateway.url"));
    }

    /** The gateway, as the server calls it. */
    Rest gatewayClient() {
        return Rest.at(gateway()).withToken(() -> {
            try {
                return Files.readString(Path.of(setting("millrace.gateway.token-file")))
                        .strip();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Runs a script behind the server's back, under the name of a job; answers the Flink job. */
    String submit(String name) {
        String id = UUID.randomUUID().toString().replace("-", "");
        return gatewayClient()
                .post("/v1/submissions")
                .body(new NewSubmission(Jobs.SCRIPT, id, name, Map.of(), null))
                .as(SubmissionView.class)
                .jobId();
    }

    void sql(String script) throws IOException, InterruptedException {
        Millrace.Answer answer = millrace.run("sql", "-e", script);
        assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
    }

    /** The rows of a batch query. */
    List<JsonNode> query(String query) throws IOException, InterruptedException {
        String script = "SET 'execution.runtime-mode' = 'batch'; " + query;
        Millrace.Answer answer = millrace.run("sql", "-o", "json", "-e", script);
        assertThat(answer.exit()).as(answer.out() + answer.err()).isZero();
        return answer.out().lines().map(DrillStack::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return Json.lenient().readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }

    /** What Flink shows. */
    JsonNode flink(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(flink() + path)).timeout(BACK).build();
        return Json.lenient()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** The Flink jobs of a full name that are not over. */
    List<String> underWay(String name) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (JsonNode job : flink("/jobs/overview").path("jobs")) {
            if (job.path("name").asText().equals(name)
                    && !OVER.contains(job.path("state").asText())) {
                ids.add(job.path("jid").asText());
            }
        }
        return ids;
    }

    String flink() {
        return setting("millrace.target.local.rest-url");
    }

    void cancel(String flinkJob) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(flink() + "/jobs/" + flinkJob + "?mode=cancel"))
                .method("PATCH", HttpRequest.BodyPublishers.noBody())
                .build();
        http.send(request, HttpResponse.BodyHandlers.discarding());
    }

    /** How many complete savepoints there are of the attempts of a job. */
    long savepoints(String restorePath) throws IOException {
        Path operation = Path.of(URI.create(restorePath)).getParent();
        Path job = operation.getParent().getParent();
        try (Stream<Path> files = Files.walk(job)) {
            return files.filter(file -> file.endsWith("_metadata")).count();
        }
    }

    /** The process of a part now. */
    ProcessId process(String part) {
        return entry(part).process().orElseThrow(() -> new AssertionError(part + " does not run"));
    }

    /** As the kernel does it: SIGKILL. The supervisor starts it again. */
    void kill(String part) throws IOException, InterruptedException {
        signal(process(part), "KILL");
    }

    /** Waits until another process than {@code before} is up. */
    void awaitBack(String part, ProcessId before) {
        await(part + " is back")
                .atMost(BACK)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    Entry now = entry(part);
                    return now.state() == PartState.UP
                            && now.process().filter(id -> !id.equals(before)).isPresent();
                });
    }

    /** KILL, STOP or CONT, to a process that is still the one that it was. */
    void signal(ProcessId id, String signal) throws IOException, InterruptedException {
        assertThat(table.runs(id)).as("process %s runs", id.pid()).isTrue();
        int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(id.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).as("kill -%s %s", signal, id.pid()).isZero();
    }

    private Entry entry(String part) {
        return record().entry(part).orElseThrow();
    }

    private StackRecord record() {
        return new StackFile(home.record()).read().orElseThrow();
    }

    @Override
    public void close() throws IOException {
        try {
            millrace.run("down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            millrace.close();
        }
    }
}
