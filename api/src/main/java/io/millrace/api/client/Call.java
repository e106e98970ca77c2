package io.millrace.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.millrace.api.Json;
import io.millrace.api.Page;
import io.millrace.api.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One call to be made: add query parameters, headers and a body, then send it once. Sending throws {@link ApiException}
 * when the server refuses, {@link UnreachableException} when it does not answer, and an {@link UncheckedIOException}
 * around an {@link InterruptedIOException} when the calling thread is interrupted.
 */
public final class Call {
    private static final String JSON = "application/json";

    /** Repeated; each value is percent-encoded. */
    private static final String NOTICE = "Millrace-Notice";

    private final Rest rest;
    private final String method;
    private final String path;
    private final StringBuilder query = new StringBuilder();
    private final List<String> headers = new ArrayList<>();
    private @Nullable Object body;
    private String accepted = JSON;
    private Consumer<String> notices = notice -> {};

    Call(Rest rest, String method, String path) {
        this.rest = rest;
        this.method = method;
        this.path = path;
    }

    /** Adds a parameter; null leaves it out. */
    public Call query(String name, @Nullable Object value) {
        if (value != null) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(PathTemplate.escape(value.toString()));
        }
        return this;
    }

    public Call header(String name, String value) {
        headers.add(name);
        headers.add(value);
        return this;
    }

    public Call body(Object record) {
        body = requireNonNull(record, "record");
        return this;
    }

    /** {@code taker} is given each sentence that the server says besides its answer. */
    public Call noticing(Consumer<String> taker) {
        notices = requireNonNull(taker, "taker");
        return this;
    }

    /** Sends and reads one object. */
    public <T> T as(Class<T> type) {
        return read(json -> Json.lenient().readValue(json, type));
    }

    /** Sends and reads a plain array. */
    public <T> List<T> asList(Class<T> type) {
        JavaType list = TypeFactory.defaultInstance().constructCollectionType(List.class, type);
        return read(json -> Json.lenient().readValue(json, list));
    }

    /** Sends and reads one page of a list. */
    public <T> Page<T> asPage(Class<T> type) {
        JavaType page = TypeFactory.defaultInstance().constructParametricType(Page.class, type);
        return read(json -> Json.lenient().readValue(json, page));
    }

    /** Sends and reads a file of this media type, as it is. */
    public byte[] asFile(String mediaType) {
        accepted = mediaType;
        return exchange().body();
    }

    /** Sends and hands on each line of a text while it comes, until it ends or {@code taker} has enough. */
    void asLines(String mediaType, @Nullable String lastEvent, Predicate<String> taker) {
        accepted = mediaType;
        HttpRequest request = lastEvent == null
                ? request()
                : HttpRequest.newBuilder(request(), (name, value) -> true)
                        .header("Last-Event-ID", lastEvent)
                        .build();
        HttpResponse<InputStream> response = sent(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            if (response.statusCode() / 100 != 2) {
                throw new ApiException(problem(response, response.body().readAllBytes()));
            }
            String line = lines.readLine();
            while (line != null && taker.test(line)) {
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new UnreachableException(rest.base, e);
        }
    }

    /** Sends and ignores what the answer says. */
    public void send() {
        exchange();
    }

    private <T> T read(Decoder<T> decoder) {
        HttpResponse<byte[]> response = exchange();
        try {
            return decoder.decode(response.body());
        } catch (IOException e) {
            throw new ApiException(Problems.unreadable(method, uri(), response.statusCode(), e));
        }
    }

    private HttpResponse<byte[]> exchange() {
        HttpResponse<byte[]> response = sent(request(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new ApiException(problem(response, response.body()));
        }
        response.headers().allValues(NOTICE).forEach(text -> notices.accept(URLDecoder.decode(text, UTF_8)));
        return response;
    }

    private <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return rest.http.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } catch (IOException e) {
            throw new UnreachableException(rest.base, e);
        }
    }

    private HttpRequest request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri())
                .timeout(rest.timeout)
                .header("Accept", accepted + ", " + Problem.MEDIA_TYPE)
                .method(method, publisher());
        if (body != null) {
            request.header("Content-Type", JSON);
        }
        if (rest.token != null) {
            request.header("Authorization", "Bearer " + rest.token.get());
        }
        rest.headers.forEach(request::header);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return request.build();
    }

    private HttpRequest.BodyPublisher publisher() {
        if (body == null) {
            return HttpRequest.BodyPublishers.noBody();
        }
        try {
            return HttpRequest.BodyPublishers.ofByteArray(Json.lenient().writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write " + body.getClass().getName() + " as JSON", e);
        }
    }

    private Problem problem(HttpResponse<?> response, byte[] content) {
        String mediaType = response.headers().firstValue("Content-Type").orElse("");
        if (mediaType.startsWith(Problem.MEDIA_TYPE)) {
            try {
                return Problems.complete(Json.lenient().readValue(content, Problem.class));
            } catch (IOException e) {
                return Problems.unreadable(method, uri(), response.statusCode(), e);
            }
        }
        return Problems.foreign(method, uri(), response.statusCode());
    }

    private URI uri() {
        return URI.create(rest.base + path + query);
    }

    private static UncheckedIOException interrupted() {
        return new UncheckedIOException(new InterruptedIOException("interrupted while waiting for an answer"));
    }

    private interface Decoder<T> {
        T decode(byte[] json) throws IOException;
    }
}
