package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An HTTP client for tests that holds every exchange against {@code openapi.yaml}. An answer that the description does
 * not allow fails the test; so does a request, unless the test says that it is meant to be wrong.
 */
public final class OpenApiExchanges {
    private static final OpenApiInteractionValidator VALIDATOR =
            OpenApiInteractionValidator.createForInlineApiSpecification(description())
                    .withLevelResolver(LevelResolver.create()
                            // A missing If-Match is answered by 428, not described as a malformed request.
                            .withLevel("validation.request.parameter.header.missing", ValidationReport.Level.IGNORE)
                            .build())
                    .build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final @Nullable String token;
    private boolean requestMayBeWrong;

    /** Calls as the user 'local', an administrator. */
    public OpenApiExchanges() {
        this(ServerStack.LOCAL_TOKEN);
    }

    /** Calls with this token, or as nobody. */
    public OpenApiExchanges(@Nullable String token) {
        this.token = token;
    }

    /** The next request is deliberately not what the description allows; its answer still has to be. */
    public OpenApiExchanges withWrongRequest() {
        requestMayBeWrong = true;
        return this;
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    public HttpResponse<String> delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    /** Sends a request below {@code /api/v1}; headers are names and values in turn. */
    public HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + "/api/v1" + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = exchange(request.build());
        validate(method, path, body, response, headers);
        return response;
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void validate(
            String method, String path, @Nullable String body, HttpResponse<String> response, String... headers) {
        Request.Method verb = Request.Method.valueOf(method);
        URI uri = URI.create("/api/v1" + path);
        SimpleResponse.Builder answer =
                SimpleResponse.Builder.status(response.statusCode()).withBody(response.body());
        response.headers().map().forEach((name, values) -> answer.withHeader(name, values));
        ValidationReport report = VALIDATOR.validateResponse(uri.getPath(), verb, answer.build());
        if (!requestMayBeWrong) {
            report = report.merge(VALIDATOR.validateRequest(request(verb, uri, body, headers)));
        }
        requestMayBeWrong = false;
        assertThat(report.getMessages())
                .as(
                        "%s %s against openapi.yaml; the answer was %s %s",
                        method, path, response.statusCode(), response.body())
                .isEmpty();
    }

    private static SimpleRequest request(Request.Method verb, URI uri, @Nullable String body, String... headers) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(verb, uri.getPath());
        request.withHeader("Authorization", "Bearer of some token");
        if (body != null) {
            request.withBody(body).withContentType("application/json");
        }
        for (int i = 0; i + 1 < headers.length; i += 2) {
            request.withHeader(headers[i], headers[i + 1]);
        }
        if (uri.getQuery() != null) {
            for (String pair : uri.getQuery().split("&")) {
                int equals = pair.indexOf('=');
                request.withQueryParam(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return request.build();
    }

    /** Where the server under test is. */
    public static String base() {
        return "http://127.0.0.1:" + ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    private static String description() {
        try {
            return Files.readString(Path.of(System.getProperty("millrace.root"), "api", "openapi.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
