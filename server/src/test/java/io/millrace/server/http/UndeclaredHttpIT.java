package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A call without a declared permission is closed, to administrators too. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class UndeclaredHttpIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void isClosedToEverybody() throws Exception {
        for (String call : new String[] {"GET /undeclared", "DELETE /undeclared/x"}) {
            HttpResponse<String> refused = send(call, "Bearer " + ServerStack.LOCAL_TOKEN);
            assertThat(refused.statusCode()).as(call).isEqualTo(403);
            assertThat(refused.body()).contains("ACCESS_DENIED").doesNotContain(UndeclaredResource.SECRET);

            HttpResponse<String> stranger = send(call, "Bearer nobody");
            assertThat(stranger.statusCode()).as(call).isEqualTo(401);
        }
    }

    private static HttpResponse<String> send(String call, String authorization)
            throws IOException, InterruptedException {
        String[] parts = call.split(" ");
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(OpenApiExchanges.base() + "/api/v1" + parts[1]))
                        .header("Authorization", authorization)
                        .method(parts[0], HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
