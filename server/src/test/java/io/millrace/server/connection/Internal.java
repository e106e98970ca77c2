package io.millrace.server.connection;

import io.millrace.server.access.LocalCapability;
import io.millrace.server.http.ServerStack;
import org.eclipse.microprofile.config.ConfigProvider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Calls the internal API as Flink's side does, and gives answers and problems as they come. */
final class Internal {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Internal() {}

    static String get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    static String post(String path, String body) {
        return send("POST", path, BodyPublishers.ofString(body));
    }

    static void delete(String path) {
        send("DELETE", path, BodyPublishers.noBody());
    }

    /** A table of one column over a topic. */
    static String table(String name, String topic) {
        return definition(name, "topic", topic, "");
    }

    /** A table of one column, which is its key. */
    static String keyed(String name, String option, String value) {
        return definition(name, option, value, ",\"primaryKey\":{\"name\":\"PK\",\"columns\":[\"id\"]}");
    }

    private static String definition(String name, String option, String value, String rest) {
        return "{\"definition\":{\"name\":\"" + name
                + "\",\"kind\":\"TABLE\",\"columns\":[{\"name\":\"id\",\"kind\":\"PHYSICAL\","
                + "\"type\":\"BIGINT NOT NULL\",\"virtual\":false}],\"partitionKeys\":[],\"watermarks\":[],\"options\":{\""
                + option + "\":\"" + value + "\"}"
                + rest + "}}";
    }

    private static String send(String method, String path, HttpRequest.BodyPublisher body) {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/internal/v1" + path))
                .header("Authorization", "Bearer " + ServerStack.INTERNAL_TOKEN)
                .header("Content-Type", "application/json")
                .header(LocalCapability.HEADER, LocalCapability.secret())
                .method(method, body)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
