package io.millrace.api.client;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Calls paths below one address and speaks the wire format of all our APIs: JSON bodies, RFC 9457 problems, an optional
 * bearer token. Immutable.
 */
public final class Rest {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Longer than any call should take: the slowest is the first analysis of a cold gateway. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    final HttpClient http;
    final URI base;
    final Duration timeout;
    final @Nullable Supplier<String> token;
    final Map<String, String> headers;

    private Rest(
            HttpClient http,
            URI base,
            Duration timeout,
            @Nullable Supplier<String> token,
            Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
        this.http = requireNonNull(http, "http");
        this.base = requireNonNull(base, "base");
        this.timeout = requireNonNull(timeout, "timeout");
        this.token = token;
    }

    /** Paths of calls are appended to {@code base}, such as {@code http://127.0.0.1:8080/api/v1}. */
    public static Rest at(URI base) {
        String scheme = base.getScheme();
        if (base.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("not an http address: " + base);
        }
        String text = base.toString();
        URI trimmed = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : base;
        // HTTP/1.1 by choice: the upgrade to HTTP/2 costs a header in each call and gains nothing on one host.
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER);
        if ("http".equals(scheme)) {
            http.sslContext(NoTls.context());
        }
        return new Rest(http.build(), trimmed, ANSWER_TIMEOUT, null, Map.of());
    }

    /** The same address with a bearer token, which is asked for before each call, so that it may change. */
    public Rest withToken(Supplier<String> bearer) {
        return new Rest(http, base, timeout, requireNonNull(bearer, "bearer"), headers);
    }

    /** The same address with a header for each call. */
    public Rest withHeader(String name, String value) {
        return new Rest(http, base, timeout, token, Map.of(name, value));
    }

    /** The same address with another limit on the time until an answer. */
    public Rest withTimeout(Duration limit) {
        return new Rest(http, base, limit, token, headers);
    }

    /** The same connections, for paths below {@code path}. */
    public Rest below(String path) {
        return new Rest(http, URI.create(base + path), timeout, token, headers);
    }

    public URI base() {
        return base;
    }

    /**
     * Begins a call.
     *
     * @param path with {@code {}} in the place of each argument, such as {@code /jobs/{}}
     * @param arguments path segments, escaped as needed
     */
    public Call call(String method, String path, Object... arguments) {
        return new Call(this, method, PathTemplate.fill(path, arguments));
    }

    public Call get(String path, Object... arguments) {
        return call("GET", path, arguments);
    }

    public Call post(String path, Object... arguments) {
        return call("POST", path, arguments);
    }

    public Call put(String path, Object... arguments) {
        return call("PUT", path, arguments);
    }

    public Call patch(String path, Object... arguments) {
        return call("PATCH", path, arguments);
    }

    public Call delete(String path, Object... arguments) {
        return call("DELETE", path, arguments);
    }
}
