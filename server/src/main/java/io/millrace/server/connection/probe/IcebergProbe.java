package io.millrace.server.connection.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.server.connection.probe.Sentences.ProbeException;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a REST catalog for its configuration and its namespaces, or looks at the folder of a Hadoop catalog. */
final class IcebergProbe implements StoreProbe {
    private static final Duration ANSWER = Duration.ofSeconds(6);
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int SUCCESS = 200;

    @Override
    public void run(Probed probed, Stages stages) throws Stages.FailedException {
        if (probed.fields().text("catalogType").equals("hadoop")) {
            new FolderProbe().run(probed, stages);
            return;
        }
        PortProbe.reach(probed, stages, PortProbe.endpoints(probed.fields()));
        String[] prefix = {""};
        stages.run(Stages.AUTHENTICATE, () -> {
            String warehouse = probed.fields()
                    .optionalText("warehouse")
                    .map(name -> "?warehouse=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .orElse("");
            JsonNode config = ask(probed, "v1/config" + warehouse);
            String given = config.at("/overrides/prefix")
                    .asText(config.at("/defaults/prefix").asText(""));
            prefix[0] = given.isEmpty() ? "" : given + "/";
            return "An Iceberg catalog answers" + (probed.secret("token").isPresent() ? " and takes the token." : ".");
        });
        stages.run(Stages.LIST, () -> {
            int count = ask(probed, "v1/" + prefix[0] + "namespaces")
                    .path("namespaces")
                    .size();
            return "The catalog has " + count + " namespaces.";
        });
    }

    private static JsonNode ask(Probed probed, String path) throws IOException, InterruptedException, ProbeException {
        String base = probed.fields().text("uri");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((base.endsWith("/") ? base : base + "/") + path))
                .timeout(ANSWER)
                .header("Accept", "application/json");
        probed.secret("token").ifPresent(token -> request.header("Authorization", "Bearer " + token));
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(ANSWER)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() == 401 || response.statusCode() == 403) {
                throw new ProbeException("The catalog does not let the connection in; check its token.");
            }
            if (response.statusCode() != SUCCESS) {
                throw new ProbeException(
                        "Somebody answers with status " + response.statusCode() + ", which is no Iceberg catalog.");
            }
            try {
                return Json.strict().readTree(body.readNBytes(MAX_BYTES));
            } catch (IOException e) {
                throw new ProbeException("Somebody answers, but not as an Iceberg catalog would.");
            }
        }
    }
}
