package io.millrace.server.target;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a cluster shows people, such as logs and metrics. Bounded in time and size, and asked by another client than
 * the one that looks after jobs, so that it never keeps that waiting.
 */
public final class FlinkPages {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration LARGEST = Duration.ofMinutes(2);

    /** One for all clusters: each would have threads of its own. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final String base;

    public FlinkPages(URI base) {
        this.base = FlinkFiles.trimmed(base);
    }

    /**
     * The last bytes of a page.
     *
     * @param path below the REST API's address, beginning with a slash
     * @param most how many bytes are kept; Flink gives no parts of a page, so all of it is read
     * @throws Refused when there is no such page
     * @throws IOException when it does not come whole within 20 s
     */
    public byte[] tail(String path, int most) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .GET()
                .build();
        Tail tail = new Tail(most);
        CompletableFuture<HttpResponse<Void>> answer = HTTP.sendAsync(
                request, HttpResponse.BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(tail::add)));
        try {
            int status = answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != 200) {
                throw new Refused("GET " + path + " was answered with " + status);
            }
            return tail.bytes();
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("GET " + path + " took longer than " + LIMIT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("GET " + path + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Reads a page. */
    public interface Reading<T> {
        T read(InputStream page) throws IOException;
    }

    /**
     * A page of any size, as it comes. Reading may end before the page does.
     *
     * @param path below the REST API's address, beginning with a slash
     * @throws Refused when there is no such page
     * @throws IOException when it is not read within two minutes
     */
    public <T> T read(String path, Reading<T> reading) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .GET()
                .build();
        HttpResponse<InputStream> answer;
        try {
            answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        var limit = new CompletableFuture<Void>().completeOnTimeout(null, LARGEST.toSeconds(), TimeUnit.SECONDS);
        try (InputStream page = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new Refused("GET " + path + " was answered with " + answer.statusCode());
            }
            var unused = limit.thenRun(() -> close(page));
            return reading.read(page);
        } finally {
            limit.cancel(false);
        }
    }

    /** Whoever reads it notices. */
    private static void close(InputStream page) {
        try {
            page.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cluster answers, but has no such page. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** Keeps the last bytes of many. */
    private static final class Tail {
        private final byte[] ring;
        private long count;

        Tail(int most) {
            this.ring = new byte[most];
        }

        void add(byte[] part) {
            int skip = Math.max(0, part.length - ring.length);
            for (int i = skip; i < part.length; i++) {
                ring[(int) ((count + i) % ring.length)] = part[i];
            }
            count += part.length;
        }

        byte[] bytes() {
            int length = (int) Math.min(count, ring.length);
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = ring[(int) ((count - length + i) % ring.length)];
            }
            return bytes;
        }
    }
}
