package io.millrace.server.lineage;

import static io.millrace.server.lineage.SqlOutbox.Verdict.DONE;
import static io.millrace.server.lineage.SqlOutbox.Verdict.GIVE_UP;
import static io.millrace.server.lineage.SqlOutbox.Verdict.RETRY;

import io.millrace.server.lineage.SqlOutbox.Verdict;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An OpenLineage receiver. Redirects are not followed: the token is for one address only. */
final class HttpReceiver implements Receiver {
    private static final Logger LOG = Logger.getLogger(HttpReceiver.class);

    /** What says that the event itself is wrong, which no repetition mends. */
    private static final Set<Integer> REFUSED = Set.of(400, 413, 415, 422);

    private final HttpClient client;
    private final URI url;
    private final Optional<Path> tokenFile;
    private final Duration timeout;

    HttpReceiver(URI url, Optional<Path> tokenFile, Duration timeout) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
        this.url = url;
        this.tokenFile = tokenFile;
        this.timeout = timeout;
    }

    @Override
    public Verdict take(String json) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(url)
                    .timeout(timeout)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json));
            if (tokenFile.isPresent()) {
                request.header(
                        "Authorization",
                        "Bearer " + Files.readString(tokenFile.get()).strip());
            }
            return verdict(status(request.build()));
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.debugf("The OpenLineage receiver does not take an event: %s", e.toString());
            return RETRY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return RETRY;
        }
    }

    /** The request's own limit ends with the head of the answer; this one is for all of it. */
    private int status(HttpRequest request) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } finally {
            answer.cancel(true);
        }
    }

    private static Verdict verdict(int status) {
        if (status / 100 == 2) {
            return DONE;
        }
        LOG.debugf("The OpenLineage receiver answers with status %d", status);
        return REFUSED.contains(status) ? GIVE_UP : RETRY;
    }
}
