package io.millrace.dist.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.api.client.Rest;
import io.millrace.cli.console.ServerToken;
import io.millrace.dist.e2e.Millrace;

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
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** A local stack of its own, and what a drill must know of it. */
final class DrillStack implements AutoCloseable {
    private final Millrace millrace;
    private final Properties settings = new Properties();
    private final HttpClient http = HttpClient.newHttpClient();

    private DrillStack(Millrace millrace) {
        this.millrace = millrace;
    }

    static DrillStack up(Path home) throws IOException, InterruptedException {
        DrillStack stack = new DrillStack(new Millrace(home));
        Millrace.Answer up = stack.millrace.run("up");
        assertThat(up.exit()).as(up.err()).isZero();
        try (Reader reader = Files.newBufferedReader(stack.serverSettingsFile())) {
            stack.settings.load(reader);
        }
        return stack;
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
        return millrace.home().resolve("conf/server/application.properties");
    }

    Path serverJar() {
        return Path.of(System.getProperty("millrace.distribution")).resolve("lib/server/quarkus-run.jar");
    }

    File log(String name) {
        return millrace.home().resolve("logs").resolve(name + ".log").toFile();
    }

    /** What proves the stack's user. */
    String token() {
        return ServerToken.ofStack(millrace.home()).orElseThrow();
    }

    URI gateway() {
        return URI.create(settings.getProperty("millrace.gateway.url"));
    }

    /** The gateway, as the server calls it. */
    Rest gatewayClient() {
        return Rest.at(gateway()).withToken(() -> {
            try {
                return Files.readString(Path.of(settings.getProperty("millrace.gateway.token-file")))
                        .strip();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** What Flink shows. */
    JsonNode flink(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(settings.getProperty("millrace.target.local.rest-url") + path))
                .build();
        return Json.lenient()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    void cancel(String flinkJob) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        settings.getProperty("millrace.target.local.rest-url") + "/jobs/" + flinkJob + "?mode=cancel"))
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
