package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.client.ApiException;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobMode;
import io.millrace.api.job.JobSpec;
import io.millrace.api.workspace.WorkspaceRole;
import io.millrace.cli.console.ServerToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Ways around grants, as far as they lead to what only the assembled stack has: its references and its stores. */
@ExtendWith(SharedStack.class)
class BypassE2E {
    private static final String BOUNDED = " /*+ OPTIONS('scan.bounded.mode' = 'latest-offset') */";

    private final Millrace millrace;
    private final MillraceClient server;
    private final Session admin;
    private final String token;

    BypassE2E(Millrace millrace) throws Exception {
        this.millrace = millrace;
        String ui = millrace.run("status", "--output", "json").json().path("ui").asText();
        this.token = ServerToken.ofStack(millrace.home()).orElseThrow();
        this.server = MillraceClient.at(URI.create(ui).resolve("/"));
        this.admin = new Session(server.withToken(() -> token));
        admin.ok("SET 'table.dml-sync' = 'true'");
        admin.ok("CREATE DATABASE IF NOT EXISTS warehouse.bypass");
    }

    /** What stands for a table towards Flink can be written by hand; who may use it is decided all the same. */
    @Test
    void aReferenceThatSomebodyForgedLeadsNowhere() {
        for (String table : List.of("ok", "secret")) {
            admin.ok("CREATE TABLE warehouse.bypass." + table + " (id INT) WITH ('format' = 'parquet')");
            admin.ok("INSERT INTO warehouse.bypass." + table + " VALUES (4711)");
        }
        Session mallory = admin.withUser(server, "mallory");
        admin.ok("GRANT READ ON warehouse.bypass.ok TO mallory");
        admin.client.workspaces().put("default", new GranteeView(GranteeKind.USER, "mallory"), WorkspaceRole.EDITOR);
        assertThat(mallory.ok("SELECT * FROM warehouse.bypass.ok").items()).hasSize(1);
        mallory.ok("CREATE TABLE default_catalog.default_database.mem (id INT) WITH ('connector' = 'datagen')");

        for (String ref : List.of(ref("secret"), "x@1", "", "1@1' OR '1'='1")) {
            isRefused(mallory, "'connector' = 'millrace', 'ref' = '" + ref.replace("'", "''") + "'");
        }
        for (String table : List.of("ok", "secret")) {
            assertThat(admin.ok("SELECT * FROM warehouse.bypass." + table).items())
                    .as("nothing was written")
                    .hasSize(1);
        }
    }

    private static void isRefused(Session mallory, String options) {
        Map<String, String> forgeries = Map.of(
                "CREATE TEMPORARY TABLE t (id INT) WITH (" + options + ")",
                "t",
                "CREATE TEMPORARY TABLE u WITH (" + options + ") LIKE warehouse.bypass.ok (OVERWRITING OPTIONS)",
                "u",
                "CREATE TABLE default_catalog.default_database.v (id INT) WITH (" + options + ")",
                "default_catalog.default_database.v",
                "CREATE TEMPORARY VIEW w AS SELECT * FROM warehouse.bypass.ok /*+ OPTIONS(" + options + ") */",
                "w",
                "ALTER TABLE default_catalog.default_database.mem SET (" + options + ")",
                "default_catalog.default_database.mem");
        forgeries.forEach((forged, table) -> {
            // What is not refused at once is refused when it is used.
            if (mallory.tries(forged) == null || !forged.startsWith("ALTER")) {
                leadsNowhere(mallory, table);
            }
        });
        leadsNowhere(mallory, "warehouse.bypass.ok /*+ OPTIONS(" + options + ") */");
        mallory.tries("DROP TEMPORARY TABLE IF EXISTS t");
        mallory.tries("DROP TEMPORARY TABLE IF EXISTS u");
        mallory.tries("DROP TABLE IF EXISTS default_catalog.default_database.v");
        String job = "CREATE TEMPORARY TABLE t (id INT) WITH (" + options + ");"
                + " CREATE TEMPORARY TABLE b (id INT) WITH ('connector' = 'blackhole');"
                + " INSERT INTO b SELECT * FROM t";
        JobSpec spec = new JobSpec(job, JobMode.BATCH, null, null, null, null, null);
        assertThatThrownBy(() -> mallory.client.jobs().apply("forged", spec)).isInstanceOf(ApiException.class);
    }

    private static void leadsNowhere(Session mallory, String table) {
        for (String use : List.of("SELECT * FROM %s", "EXPLAIN SELECT * FROM %s", "INSERT INTO %s VALUES (4712)")) {
            assertThat(mallory.fails(use.formatted(table)).detail())
                    .as(use, table)
                    .doesNotContain("bypass.secret", "4711");
        }
    }

    private String ref(String table) {
        return admin.client.catalogs().table("warehouse", "bypass", table).ref();
    }

    /** With it, one works past the grants on a topic, as the guide says; not past the host's files nor the catalog's names. */
    @Test
    void aConnectorOfOnesOwnTakesItsPrivilegeAtEachUse() throws Exception {
        Properties settings = new Properties();
        try (var reader = Files.newBufferedReader(millrace.home().resolve("conf/server/application.properties"))) {
            settings.load(reader);
        }
        admin.ok("CREATE TABLE kafka.main.inlined (s STRING) WITH ('topic' = 'inlined', 'format' = 'raw')");
        admin.ok("INSERT INTO kafka.main.inlined VALUES ('said')");
        Session irene = admin.withUser(server, "irene");
        String inline = "CREATE TEMPORARY TABLE mine (s STRING) WITH ('connector' = 'kafka', 'topic' = 'inlined',"
                + " 'format' = 'raw', 'scan.startup.mode' = 'earliest-offset', 'properties.bootstrap.servers' = '"
                + settings.getProperty("millrace.catalog.kafka.bootstrap-servers") + "')";
        String file = inline.replace("mine", "file")
                .replaceFirst(
                        "WITH .*", "WITH ('connector' = 'filesystem'," + " 'path' = '/etc/passwd', 'format' = 'raw')");
        assertThat(irene.fails(inline).detail()).contains("INLINE_CONNECTOR on the server", "'irene'");
        assertThat(irene.fails(file).detail()).contains("INLINE_CONNECTOR on the server");

        admin.ok("GRANT INLINE_CONNECTOR ON SERVER TO irene");
        irene.ok(inline);
        assertThat(irene.ok("SELECT * FROM mine" + BOUNDED).items()).hasSize(1);
        assertThat(irene.fails(file).detail()).contains("/etc/passwd");
        assertThat(irene.fails("SELECT * FROM kafka.main.inlined").detail()).contains("not found");

        admin.ok("REVOKE INLINE_CONNECTOR ON SERVER FROM irene");
        assertThat(irene.fails("SELECT * FROM mine" + BOUNDED).detail()).contains("INLINE_CONNECTOR on the server");
        admin.ok("DROP TABLE kafka.main.inlined");
    }

    /** B47: what Flink's REST API and its gateway answer themselves, the server does not pass on; and jars are nobody's. */
    @Test
    void noOtherCallOfFlinkGetsThrough() throws Exception {
        JsonNode ports = ports();
        for (String path : List.of(
                "/jars",
                "/jars/upload",
                "/jars/x.jar/run",
                "/jars/x.jar/plan",
                "/jobs",
                "/jobmanager/config",
                "/jobmanager/logs/..%2f..%2fsecrets",
                "/v1/jars/upload",
                "/v3/sessions/../../jars/upload",
                "/v3/sessions/%2e%2e/%2e%2e/jars/upload",
                "/v3/sessions/..%2f..%2fjars%2fupload/statements",
                "/v3/sessions/..;/jars/upload",
                "/v4/sessions/x/scripts",
                "/api/v1/jars/upload",
                "//jars/upload",
                "/internal/v1/authorizations",
                "/v1/metastore")) {
            for (String method : List.of("GET", "POST", "PATCH", "DELETE")) {
                HttpResponse<String> answer = send(ports.path("server").asInt(), method, path, "jar".getBytes(UTF_8));
                boolean console = method.equals("GET") && answer.body().startsWith("<!doctype html");
                assertThat(console || answer.statusCode() / 100 == 4)
                        .as("%s %s: %s %s", method, path, answer.statusCode(), answer.body())
                        .isTrue();
            }
        }
        int flink = ports.path("jobmanager").asInt();
        for (String path : List.of("/jars", "/jars/upload", "/jars/x.jar/run", "/jars/x.jar/plan", "/v1/jars/upload")) {
            assertThat(send(flink, "POST", path, "jar".getBytes(UTF_8)).statusCode())
                    .as(path)
                    .isEqualTo(404);
            assertThat(send(flink, "GET", path, new byte[0]).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    /** S103: closed, or refused as no HTTP; and all processes are still there. */
    @Test
    void nobodyReadsJavasSerialisedObjects() throws Exception {
        List<Long> before =
                millrace.processes().stream().map(ProcessHandle::pid).sorted().toList();
        var object = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(object)) {
            out.writeObject(new HashMap<>(Map.of(URI.create("http://canary.invalid/"), "x")));
        }
        object.write("\r\n\r\n".getBytes(UTF_8));
        for (var port : ports().properties()) {
            if (port.getValue().isInt()) {
                String answer = exchange(port.getValue().asInt(), object.toByteArray());
                assertThat(answer)
                        .as(port.getKey())
                        .doesNotStartWith("HTTP/1.1 2")
                        .doesNotContain("\u00ac\u00ed");
            }
        }
        for (String port : List.of("server", "internal", "gateway")) {
            HttpResponse<String> answer =
                    send(ports().path(port).asInt(), "POST", "/v3/sessions", object.toByteArray());
            assertThat(answer.statusCode()).as(port).isBetween(400, 499);
        }
        assertThat(millrace.processes().stream()
                        .map(ProcessHandle::pid)
                        .sorted()
                        .toList())
                .isEqualTo(before);
        assertThat(admin.ok("SELECT 1 AS i").items()).hasSize(1);
    }

    private static String exchange(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    private HttpResponse<String> send(int port, String method, String path, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/x-java-serialized-object")
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode ports() throws IOException {
        return new ObjectMapper()
                .readTree(millrace.home().resolve("stack.json").toFile())
                .path("ports");
    }
}
