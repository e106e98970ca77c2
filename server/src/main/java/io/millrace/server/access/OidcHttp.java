package io.millrace.server.access;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls the OpenID provider within limits: its own endpoints only, no redirects, bounded answers in bounded time, and few at
 * a time, because strangers cause these calls.
 */
final class OidcHttp implements ResourceRetriever {
    private static final int MAX_BYTES = 512 * 1024;
    private static final int AT_A_TIME = 8;

    /** Short, so that a provider that hangs does not hold the threads that others need. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private final Semaphore turns = new Semaphore(AT_A_TIME, true);
    private final OidcClient client;
    private final Duration limit;
    private final HttpClient http;

    /** {@code limit} is for one whole answer. */
    OidcHttp(OidcClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .build();
    }

    /** How the keys are fetched. */
    @Override
    public Resource retrieveResource(URL url) throws IOException {
        return new Resource(get(URI.create(url.toString())), null);
    }

    /** A document; anything but status 200 fails. */
    String get(URI uri) throws IOException {
        Answer answer = send(uri, HttpRequest.newBuilder(uri).GET());
        if (answer.status() != 200) {
            throw new IOException(uri + " answers with status " + answer.status());
        }
        return answer.body();
    }

    Answer post(URI uri, String form, Optional<String> authorization) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return send(uri, request);
    }

    private Answer send(URI uri, HttpRequest.Builder request) throws IOException {
        if (!client.owns(uri)) {
            throw new IOException(
                    uri + " is not on a host of the issuer; millrace.access.oidc.hosts names further ones");
        }
        try {
            if (!turns.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("too many calls of the provider wait for an answer");
            }
            try {
                return answer(request.header("Accept", "application/json").build());
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + uri);
        }
    }

    /** The request's own limit would end with the head of the answer; this one is for all of it. */
    private Answer answer(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, head -> new Bounded());
        try {
            HttpResponse<String> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (ExecutionException e) {
            throw new IOException("no answer from " + request.uri() + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer from " + request.uri() + " within " + limit, e);
        } finally {
            answer.cancel(true);
        }
    }

    /** An answer with any status. */
    record Answer(int status, String body) {
        @Override
        public String toString() {
            return "Answer[" + status + ", ***]";
        }
    }

    /** Collects an answer, and hangs up when it becomes too large. */
    private static final class Bounded implements HttpResponse.BodySubscriber<String> {
        private final CompletableFuture<String> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.Subscription subscription = new Nothing();

        @Override
        public CompletionStage<String> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (bytes.size() + buffer.remaining() > MAX_BYTES) {
                    subscription.cancel();
                    body.completeExceptionally(new IOException("an answer has more than " + MAX_BYTES + " bytes"));
                    return;
                }
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                bytes.writeBytes(part);
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toString(StandardCharsets.UTF_8));
        }
    }

    private static final class Nothing implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
