package io.millrace.server.access;

import io.millrace.server.http.ServerStack;
import org.eclipse.microprofile.config.ConfigProvider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Calls of the internal API as the gateway makes them, whatever they are answered. */
public final class InternalCalls {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private InternalCalls() {}

    /** The {@code capability} says for whom; an empty {@code body} is none. */
    public static HttpResponse<String> send(String capability, String method, String path, String body) {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/internal/v1" + path))
                .header("Authorization", "Bearer " + ServerStack.INTERNAL_TOKEN)
                .header("Content-Type", "application/json")
                .header(LocalCapability.HEADER, capability)
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
