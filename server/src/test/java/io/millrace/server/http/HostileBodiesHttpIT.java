package io.millrace.server.http;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.job.PlannedGateway;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bodies that are no mistake: each is refused as the caller's, nothing of them is kept, and the server goes on. */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
@QuarkusTestResource(value = PlannedGateway.class, restrictToAnnotatedClass = true)
class HostileBodiesHttpIT {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String JSON = "application/json";
    private static final String JOB = "/workspaces/default/jobs/hostile";

    @Test
    void jsonThatIsDeepLongOrStrangeIsRefused() throws Exception {
        String keys =
                IntStream.range(0, 20_000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
        for (String body : new String[] {
            "[".repeat(100_000),
            "{\"name\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
            "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
            keys,
            "{\"name\":\"a\",\"admin\":1e999999}",
            "{\"name\":\"hostile\",\"name\":\"hostile-2\"}",
            "{\"name\":\"hostile\",\"@class\":\"java.util.HashMap\"}",
            "{\"@type\":\"x\",\"name\":\"hostile\"}",
            "{\"name\":\"hostile\",\"__proto__\":{\"admin\":true}}",
            "[\"java.util.HashMap\",{}]",
            "\uFEFF\uFEFF{\"name\":\"hostile\"}",
            "{\"name\":\"hostile\"} {\"name\":\"hostile\"}",
            "{'name':'hostile'}",
            "{\"name\":\"hos\\u0000tile\"}",
            "null",
            ""
        }) {
            refused("POST", "/users", JSON, body.getBytes(UTF_8), body);
        }
        refused("POST", "/users", JSON, new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5}, "serialised");
        refused("POST", "/users", JSON + ";charset=utf-16", "{\"name\":\"hostile\",".getBytes(UTF_16), "UTF-16");
        assertThat(send("GET", "/users?q=hos", JSON, new byte[0]).body()).contains("\"items\":[]");
    }

    /** What a form of another page could send without asking. */
    @Test
    void whatAFormCanSendIsNoJson() throws Exception {
        byte[] body = "{\"name\":\"hostile\"}".getBytes(UTF_8);
        for (String type : new String[] {
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/x-java-serialized-object"
        }) {
            refused("POST", "/users", type, body, type);
        }
        assertThat(send("GET", "/users?q=hos", JSON, new byte[0]).body()).contains("\"items\":[]");
    }

    @Test
    void numbersAndTextsHaveBounds() throws Exception {
        String spec = "{\"script\":\"" + PlannedGateway.INSERT + "\",%s}";
        for (String field : new String[] {
            "\"parallelism\":1000000000",
            "\"parallelism\":-1",
            "\"parallelism\":0",
            "\"parallelism\":99999999999999",
            "\"parallelism\":1.5",
            "\"parallelism\":1e999999",
            "\"checkpoint\":\"PT0S\"",
            "\"checkpoint\":\"-PT1S\"",
            "\"settings\":{\"taskmanager.memory.process.size\":\"-1\"}",
            "\"description\":\"" + "x".repeat(1_000_000) + "\""
        }) {
            refused("PUT", JOB, JSON, String.format(spec, field).getBytes(UTF_8), field);
        }
        byte[] fine = String.format(spec, "\"parallelism\":1").getBytes(UTF_8);
        String name = JOB.replace("hostile", "x".repeat(6_000));
        refused("PUT", name, JSON, fine, "a long name");
        assertThat(send("PUT", JOB, JSON, fine).statusCode()).isEqualTo(200);
        String tags = IntStream.range(0, 100_000)
                .mapToObj(i -> "\"t" + i + "\"")
                .collect(Collectors.joining(",", "{\"tags\":[", "]}"));
        refused("PATCH", JOB + "/labels", JSON, tags.getBytes(UTF_8), "many tags");
        assertThat(send("DELETE", JOB, JSON, new byte[0]).statusCode()).isEqualTo(204);
    }

    private static void refused(String method, String path, String type, byte[] body, String what) throws Exception {
        HttpResponse<String> answer = send(method, path, type, body);
        String begin = method + " " + what.substring(0, Math.min(60, what.length()));
        assertThat(answer.statusCode()).as("%s: %s", begin, answer.body()).isBetween(400, 499);
        assertThat(answer.body())
                .as(begin)
                .doesNotContain("Exception", "INTERNAL_ERROR")
                .hasSizeLessThan(10_000);
        assertThat(send("GET", "/info", JSON, new byte[0]).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> send(String method, String path, String type, byte[] body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(OpenApiExchanges.base() + "/api/v1" + path))
                        .header("Authorization", "Bearer " + ServerStack.LOCAL_TOKEN)
                        .header("Content-Type", type)
                        .header("If-Match", "*")
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
