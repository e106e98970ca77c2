package io.millrace.server.catalog;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.rest.BaseHTTPClient;
import org.apache.iceberg.rest.ErrorHandler;
import org.apache.iceberg.rest.HTTPHeaders;
import org.apache.iceberg.rest.HTTPRequest;
import org.apache.iceberg.rest.ImmutableHTTPRequest;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.auth.AuthSession;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Iceberg's REST protocol over HTTP, within limits: only to the address of the connection, no redirects, bounded time and
 * size, and deaf to everything that a server would like its clients to configure, such as classes to load.
 */
final class IcebergHttp extends BaseHTTPClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** Twice as much is needed for a moment, of a heap of 256 MB. */
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private static final int SUCCESS = 200;
    private static final int NO_CONTENT = 204;
    private static final ObjectMapper JSON = json();

    private final URI base;
    private final Supplier<Optional<String>> token;
    private final Runnable hosts;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** {@code hosts} throws if the host must not be reached; asked before each request. */
    IcebergHttp(URI base, Supplier<Optional<String>> token, Runnable hosts) {
        this.base = base;
        this.token = token;
        this.hosts = hosts;
    }

    private static ObjectMapper json() {
        // As Iceberg's own client reads and writes.
        ObjectMapper mapper = new ObjectMapper();
        mapper.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
        mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.KebabCaseStrategy.INSTANCE);
        RESTSerializers.registerAll(mapper);
        return mapper;
    }

    /** The connection's token is the only way to sign in. */
    @Override
    public RESTClient withAuthSession(AuthSession session) {
        return this;
    }

    @Override
    public void close() {}

    @Override
    protected HTTPRequest buildRequest(
            HTTPRequest.HTTPMethod method,
            String path,
            @Nullable Map<String, String> query,
            @Nullable Map<String, String> headers,
            @Nullable Object body) {
        Map<String, String> all = new HashMap<>(headers == null ? Map.of() : headers);
        all.putIfAbsent("Accept", "application/json");
        all.putIfAbsent("Content-Type", body instanceof Map ? "application/x-www-form-urlencoded" : "application/json");
        token.get().ifPresent(value -> all.put("Authorization", "Bearer " + value));
        ImmutableHTTPRequest.Builder request = ImmutableHTTPRequest.builder()
                .baseUri(base)
                .mapper(JSON)
                .method(method)
                .path(path)
                .headers(HTTPHeaders.of(all))
                .queryParameters(query == null ? Map.of() : query);
        return body == null ? request.build() : request.body(body).build();
    }

    @Override
    protected <T extends RESTResponse> @Nullable T execute(
            HTTPRequest request,
            @Nullable Class<T> type,
            Consumer<ErrorResponse> errors,
            Consumer<Map<String, String>> headers) {
        Answer answer = send(request);
        headers.accept(answer.headers());
        int status = answer.status();
        if (status < SUCCESS || status > NO_CONTENT) {
            throw failure(status, answer.body(), errors);
        }
        if (type == null || status == NO_CONTENT) {
            return null;
        }
        try {
            return JSON.readValue(answer.body(), type);
        } catch (IOException e) {
            throw new RESTException(e, "The answer to %s is not what Iceberg's protocol says", request.path());
        }
    }

    private static RuntimeException failure(int status, String body, Consumer<ErrorResponse> errors) {
        ErrorResponse error = ErrorResponse.builder()
                .responseCode(status)
                .withType("RESTException")
                .withMessage("status " + status)
                .build();
        if (errors instanceof ErrorHandler handler && !body.isEmpty()) {
            try {
                error = handler.parseResponse(status, body);
            } catch (RuntimeException e) {
                // Not one of Iceberg's errors, such as the page of a proxy: the status says enough.
                return unhandled(error, errors);
            }
        }
        return unhandled(error, errors);
    }

    private static RuntimeException unhandled(ErrorResponse error, Consumer<ErrorResponse> errors) {
        errors.accept(error);
        return new RESTException("Unhandled error: %s", error);
    }

    private Answer send(HTTPRequest request) {
        URI uri = request.requestUri();
        if (!base.getScheme().equals(uri.getScheme()) || !base.getAuthority().equals(uri.getAuthority())) {
            throw new RESTException("The catalog sends its clients to another address, %s", uri.getAuthority());
        }
        hosts.run();
        String body = request.encodedBody();
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                .method(
                        request.method().name(),
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        request.headers().entries().forEach(header -> builder.header(header.name(), header.value()));
        try {
            HttpResponse<InputStream> response = client.send(
                    builder.timeout(BoundedSockets.left(ANSWER)).build(), HttpResponse.BodyHandlers.ofInputStream());
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
            return new Answer(response.statusCode(), bounded(response.body()), headers);
        } catch (IOException e) {
            throw new RESTException(e, "No answer from %s", base.getAuthority());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RESTException(e, "Interrupted while waiting for %s", base.getAuthority());
        }
    }

    private static String bounded(InputStream body) throws IOException {
        // The client's own time-out is over when the body begins.
        Executor later =
                CompletableFuture.delayedExecutor(BoundedSockets.left(ANSWER).toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> deadline = CompletableFuture.runAsync(() -> giveUp(body), later);
        try (body) {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("an answer is larger than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } finally {
            deadline.cancel(false);
        }
    }

    private static void giveUp(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Answer(int status, String body, Map<String, String> headers) {}
}
