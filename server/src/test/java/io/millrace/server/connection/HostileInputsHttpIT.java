package io.millrace.server.connection;

import static io.millrace.server.http.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.server.http.OpenApiExchanges;
import io.millrace.server.http.ServerStack;
import io.millrace.testkit.FakeMysql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Hostile content of connections over HTTP, on each way on which content comes in. The classes are closed by what a field
 * may be and by the egress policy; these rows see that nothing lies between a request and those.
 */
@QuarkusTest
@QuarkusTestResource(ServerStack.class)
class HostileInputsHttpIT {
    private static final String CANARY = "canary-77ad-secret";
    private static final Map<String, Map<String, Object>> GOOD = Map.of(
            "mysql", Map.of("host", "db.example", "username", "app"),
            "postgres", Map.of("host", "db.example", "database", "crm", "username", "app"),
            "kafka",
                    Map.of(
                            "bootstrapServers",
                            new String[] {"k.example:9092"},
                            "securityProtocol",
                            "SASL_SSL",
                            "username",
                            "app"),
            "iceberg", Map.of("catalogType", "rest", "uri", "https://catalog.example:8181/api"),
            "redis", Map.of("host", "redis.example"));

    private final OpenApiExchanges api = new OpenApiExchanges();
    private final String name =
            "h_" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);

    /** One input: the field that is bad, and the answer. */
    record Row(String id, String kind, String field, Object value, int status, String code) {
        static Row refused(String id, String kind, String field, Object value) {
            return new Row(id, kind, field, value, 422, "CONNECTION_INVALID");
        }

        static Row denied(String id, String kind, String field, Object value) {
            return new Row(id, kind, field, value, 403, "EGRESS_DENIED");
        }
    }

    static Stream<Row> rows() {
        return Stream.concat(databases(), Stream.concat(hosts(), others()));
    }

    private static Stream<Row> databases() {
        return Stream.of(
                Row.refused("S002", "mysql", "options", Map.of("allowLoadLocalInfile", "true")),
                Row.refused("S002", "mysql", "options", Map.of("allowUrlInLocalInfile", "true")),
                Row.refused("S002", "mysql", "allowLoadLocalInfile", true),
                Row.refused("S005", "mysql", "ALLOWLOADLOCALINFILE", "TRue"),
                Row.refused("S005", "mysql", "ALLOWLOADLOCALINFILE", "Yes"),
                Row.refused("S007", "mysql", "allowLoad\tLocalInfile", "true"),
                Row.refused("S007", "mysql", "allowLoad\nLocalInfile", "true"),
                Row.refused("S009", "mysql", "host", "127.0.0.1,(allowLoadLocalInfile=yeſ,x=y),:3307/test"),
                Row.refused("S009", "mysql", "host", "(host=127.0.0.1,allowLoadLocalInfile=true)"),
                Row.refused("S012", "postgres", "database", "test?autoDeserialize=true"),
                Row.refused("S012", "postgres", "database", "x#"),
                Row.refused("S012", "postgres", "database", "SAMPLE:traceLevel=1;"),
                Row.refused("S012", "postgres", "database", "db;x=y"),
                Row.refused("S016", "postgres", "socketFactory", "org.springframework.ClassPathXmlApplicationContext"),
                Row.refused("S016", "postgres", "socketFactoryArg", "http://127.0.0.1/x.xml"),
                Row.refused("S016", "postgres", "database", "d&socketFactory=x&socketFactoryArg=http://127.0.0.1/"),
                Row.refused("S021", "postgres", "clientRerouteServerListJNDIName", "ldap://127.0.0.1:1389/x"));
    }

    private static Stream<Row> hosts() {
        return Stream.of(
                Row.denied("S024", "postgres", "host", "169.254.169.254"),
                Row.denied("S024", "redis", "host", "fd00:ec2::254"),
                Row.denied("S024", "kafka", "bootstrapServers", new String[] {"169.254.169.254:80"}),
                Row.refused("S024", "mysql", "host", "127.1"),
                Row.refused("S024", "mysql", "host", "0x7f000001"),
                Row.refused("S024", "mysql", "host", "2130706433"),
                Row.refused("S024", "redis", "host", "[::ffff:127.0.0.1]"),
                Row.refused("S024", "redis", "host", "::ffff:127.0.0.1"),
                Row.refused("S024", "redis", "host", "１２７.0.0.1"));
    }

    private static Stream<Row> others() {
        return Stream.of(
                Row.refused(
                        "S031", "kafka", "sasl.jaas.config", "com.sun.security.auth.module.JndiLoginModule required;"),
                Row.refused("S031", "kafka", "username", "a\" required;\ncom.sun.security.auth.module.JndiLoginModule"),
                Row.refused("S033", "kafka", "sasl.oauthbearer.token.endpoint.url", "file:///etc/passwd"),
                Row.refused("S033", "kafka", "saslMechanism", "OAUTHBEARER"),
                Row.denied("S037", "iceberg", "uri", "http://169.254.169.254/latest"),
                Row.refused("S037", "iceberg", "uri", "file:///etc"),
                Row.refused("S037", "iceberg", "warehouse", "file:///etc"),
                Row.denied("S037", "iceberg", "files", "file:///etc"),
                Row.refused("S037", "iceberg", "io-impl", "any.Class"),
                Row.refused("S037", "iceberg", "catalog-impl", "any.Class"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isRefusedWhereverContentComesIn(Row row) {
        Map<String, Object> content = new TreeMap<>(GOOD.get(row.kind()));
        content.put(row.field(), row.value());
        assertThat(create("?dryRun=true", row.kind(), GOOD.get(row.kind())).statusCode())
                .as("the rest is right")
                .isEqualTo(200);

        assertRefused(row, create("", row.kind(), content));
        assertRefused(row, create("?dryRun=true", row.kind(), content));
        assertRefused(row, api.send("POST", "/connection-tests", body(row.kind(), content)));
        assertThat(api.get("/connections/" + name).statusCode())
                .as("nothing was kept")
                .isEqualTo(404);

        create("", row.kind(), GOOD.get(row.kind()));
        String spec = Json.write(Map.of("fields", content, "secrets", secrets(row.kind())));
        assertRefused(row, api.send("PUT", "/connections/" + name, spec, "If-Match", "*"));
        String patch = Json.write(Map.of("fields", Map.of(row.field(), row.value()), "secrets", secrets(row.kind())));
        assertRefused(row, api.send("PATCH", "/connections/" + name, patch, "If-Match", "*"));
        assertThat(api.get("/connections/" + name).body()).contains("\"version\":1");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "S018,jdbc:h2:mem:t;INIT=RUNSCRIPT FROM 'http://127.0.0.1/x.sql'",
                "S018,h2",
                "S018,MySQL",
                "S021,db2"
            })
    void hasNoOtherKinds(String id, String kind) {
        HttpResponse<String> answer = create("", kind, Map.of("url", kind));

        assertThat(answer.statusCode()).as(id).isEqualTo(422);
        assertThat(json(answer).at("/code").textValue()).isEqualTo("CONNECTION_INVALID");
        assertThat(json(answer).at("/errors/0/pointer").textValue()).isEqualTo("/kind");
    }

    /** S025: such a name is quoted and means nothing else, or it is refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {"t; DROP TABLE important_data; --", "a`b", "a\"b", "a'b", "🙂", "%2e%2e", "a\u0000b", "a\nb", " "
            })
    void takesANameOfATableAsItIsOrRefusesIt(String table) {
        HttpResponse<String> made = createTable(table);

        if (made.statusCode() == 201) {
            assertThat(json(made).at("/definition/name").textValue()).isEqualTo(table);
            HttpResponse<String> found =
                    api.get(made.headers().firstValue("Location").orElseThrow().replaceFirst(".*/api/v1", ""));
            assertThat(json(found).at("/definition/name").textValue()).isEqualTo(table);
        } else {
            assertThat(made.statusCode()).isEqualTo(422);
            assertThat(json(made).at("/errors/0/pointer").textValue()).endsWith("/name");
        }
        assertThat(createTable("x".repeat(65_536)).statusCode()).isEqualTo(422);
    }

    /** S014: nothing is wrong with what was typed, but the server asks for a file of ours. */
    @Test
    void sendsNoFileToAServerThatAsksForOne(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret.txt"), "canary-of-the-file");
        try (var server = new FakeMysql(FakeMysql.Manner.thirst(file.toString()))) {
            HttpResponse<String> answer = tested("mysql", server.port());

            assertFailed(answer);
            assertThat(server.answers()).as("the server came to ask").isPositive();
            assertThat(server.heard()).doesNotContain("canary-of-the-file", CANARY);
        }
    }

    /** S028: accepts and never answers, or begins an error of two GiB. Others are answered meanwhile. */
    @ParameterizedTest
    @CsvSource({"mysql,false", "mysql,true", "postgres,false", "postgres,true"})
    void givesUpOnAServerThatSaysNothingOrTooMuch(String kind, boolean talks) throws IOException {
        CompletableFuture<Void> talking;
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            talking = talks ? CompletableFuture.runAsync(() -> talk(server)) : CompletableFuture.completedFuture(null);
            CompletableFuture<HttpResponse<String>> answer =
                    CompletableFuture.supplyAsync(() -> tested(kind, server.getLocalPort()));

            assertThat(api.get("/info").statusCode()).isEqualTo(200);
            assertFailed(answer.join());
        }
        talking.join();
    }

    /** S096: a text that looks like a reference is that text. */
    @Test
    void readsNothingFromATextThatLooksLikeAReference() throws IOException {
        try (var server = new FakeMysql(FakeMysql.Manner.thirst("/etc/hosts"))) {
            Map<String, Object> fields = new TreeMap<>(GOOD.get("mysql"));
            fields.putAll(Map.of("host", "127.0.0.1", "port", server.port(), "tls", "disable"));
            fields.put("username", "${env:PATH}${PATH}");
            HttpResponse<String> answer = api.send("POST", "/connection-tests", body("mysql", fields));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(server.heard()).contains("${env:PATH}${PATH}");
        }
        String text = Json.write("${secret:other}" + CANARY);
        assertThat(json(api.send("POST", "/connections", referring(text)))
                        .at("/secrets/password/origin")
                        .textValue())
                .isEqualTo("VALUE");
    }

    /** S096: secrets that the server finds by a name are everybody's, so they take the right to make connections. */
    @Test
    void refersToNoSecretOfOthers() {
        for (String secret : new String[] {
            "{\"env\":\"MILLRACE_SECRET_KEY\"}",
            "{\"env\":\"MILLRACE_SECRET_KEY_FILE\"}",
            "{\"env\":\"PATH\"}",
            "{\"file\":\"../master.keys\"}",
            "{\"file\":\"/etc/passwd\"}",
            "{\"secret\":\"other\"}"
        }) {
            HttpResponse<String> refused = api.send("POST", "/connections", referring(secret));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
            assertThat(json(refused).at("/errors/0/pointer").textValue()).isEqualTo("/secrets/password");
        }
        create("", "mysql", GOOD.get("mysql"));
        var alice = who(name);
        String theirs = "{\"fields\":{\"host\":\"evil.example\"},\"secrets\":{\"password\":{\"file\":\"others\"}}}";

        HttpResponse<String> refused = alice.send("PATCH", "/connections/" + name, theirs, "If-Match", "*");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(refused.body()).contains("CREATE on the server");
        String own = theirs.replace("{\"file\":\"others\"}", "\"own\"");
        assertThat(alice.send("PATCH", "/connections/" + name, own, "If-Match", "*")
                        .statusCode())
                .as("with a secret of one's own")
                .isEqualTo(200);
        assertThat(api.send("PATCH", "/connections/" + name, theirs, "If-Match", "*")
                        .statusCode())
                .isEqualTo(200);
    }

    private String referring(String secret) {
        return "{\"name\":\"" + name + "\",\"kind\":\"mysql\",\"fields\":" + Json.write(GOOD.get("mysql"))
                + ",\"secrets\":{\"password\":" + secret + "}}";
    }

    /** A user who may change the connection of this name, and nothing else. */
    private OpenApiExchanges who(String name) {
        api.send("POST", "/users", "{\"name\":\"" + name + "\"}");
        String token = json(api.send("POST", "/users/" + name + "/tokens", "{\"name\":\"test\"}"))
                .at("/secret")
                .textValue();
        String grant = "{\"to\":{\"kind\":\"USER\",\"name\":\"" + name + "\"},\"object\":{\"kind\":\"CONNECTION\","
                + "\"path\":[\"" + name + "\"]},\"privileges\":[\"ALTER\"]}";
        assertThat(api.send("POST", "/grants", grant).statusCode() / 100).isEqualTo(2);
        return new OpenApiExchanges(token);
    }

    private HttpResponse<String> tested(String kind, int port) {
        Map<String, Object> fields = new TreeMap<>(GOOD.get(kind));
        fields.put("host", "127.0.0.1");
        fields.put("port", port);
        fields.put("tls", "disable");
        return api.send("POST", "/connection-tests", body(kind, fields));
    }

    private static void assertFailed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).at("/ok").booleanValue()).isFalse();
        assertThat(answer.body()).contains("AUTHENTICATE").doesNotContain(CANARY, "canary-of-the-file");
    }

    /** The head of an error of two GiB, for PostgreSQL's protocol and for MySQL's, and text until nobody listens. */
    private static void talk(ServerSocket server) {
        byte[] text =
                ("E\u007f\u00ff\u00ff\u00f0-ERR " + CANARY + " ").repeat(500).getBytes(StandardCharsets.ISO_8859_1);
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                while (!socket.isClosed()) {
                    socket.getOutputStream().write(text);
                }
            } catch (IOException e) {
                // The other end had enough, or the test is over.
            }
        }
    }

    private HttpResponse<String> createTable(String table) {
        String definition = Internal.table("NAME", "topic").replace("\"NAME\"", Json.write(table));
        return api.send("POST", "/catalogs/kafka/databases/main/tables", definition);
    }

    private void assertRefused(Row row, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as("%s: %s", row, answer.body()).isEqualTo(row.status());
        assertThat(json(answer).at("/code").textValue()).isEqualTo(row.code());
        assertThat(json(answer).at("/errors")).hasSize(1);
        assertThat(json(answer).at("/errors/0/pointer").textValue())
                .isEqualTo("/fields/" + row.field().replace("/", "~1"));
        assertThat(answer.body()).doesNotContain(CANARY);
    }

    private HttpResponse<String> create(String query, String kind, Map<String, Object> fields) {
        return api.send("POST", "/connections" + query, body(kind, fields));
    }

    private String body(String kind, Map<String, Object> fields) {
        return Json.write(Map.of("name", name, "kind", kind, "fields", fields, "secrets", secrets(kind)));
    }

    private static Map<String, String> secrets(String kind) {
        return kind.equals("iceberg") ? Map.of("token", CANARY) : Map.of("password", CANARY);
    }
}
