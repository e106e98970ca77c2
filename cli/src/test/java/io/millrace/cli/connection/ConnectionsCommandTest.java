package io.millrace.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.FakeServer;
import io.millrace.cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Each command against a server that answers by hand-written records. */
class ConnectionsCommandTest {
    private static final String REGION1 = """
            {"name": "region1", "kind": "kafka", "sqlName": "kafka.region1", "managed": false,
             "fields": {"bootstrapServers": ["k1:9092", "k2:9092"]},
             "secrets": {"password": {"origin": "VALUE", "keyId": "k1"},
                         "token": {"origin": "ENV", "name": "MILLRACE_SECRET_T"}},
             "comment": "EU", "version": 2, "changedBy": "local"}
            """;
    private static final String FILE = """
            name: region1
            kind: kafka
            fields:
              bootstrapServers: [k1:9092]
              topicPrefixes: [web.]
            secrets:
              token: {env: MILLRACE_SECRET_T}
            """;

    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsAndShows() {
        server.on("GET /connections", "{\"items\": [" + REGION1 + "]}");
        server.on("GET /connections/region1", REGION1);

        assertThat(run("list").out()).isEqualTo("""
                connection | kind  | in SQL        | by    | comment
                -----------+-------+---------------+-------+--------
                region1    | kafka | kafka.region1 | local | EU
                """);
        assertThat(run("show", "region1").out()).isEqualTo("""
                region1: kafka, version 2, in SQL kafka.region1
                EU
                  bootstrapServers: k1:9092, k2:9092
                  password: ***
                  token: env MILLRACE_SECRET_T
                """);
        assertThat(run("show", "region1", "-o", "json").out()).contains("\"sqlName\" : \"kafka.region1\"");
    }

    @Test
    void takesSecretsFromAFileAndFromStandardInputOnly() throws IOException {
        server.on("POST /connections", REGION1);
        server.on("PATCH /connections/region1", REGION1);
        server.on("PUT /connections/region1", REGION1);
        Files.writeString(folder.resolve("r.yaml"), FILE);
        Files.writeString(folder.resolve("pw"), "from a file\n");

        assertThat(run("create", "-f", "r.yaml", "--secret-file", "password=pw").out())
                .isEqualTo("region1: made; in SQL it is kafka.region1\n");
        assertThat(Run.in(folder)
                        .with(server)
                        .input("typed\n")
                        .run("catalog", "connections", "update", "region1", "-f", "r.yaml", "--ask", "password")
                        .exitCode())
                .isZero();
        assertThat(server.requests().get(0))
                .contains("\"password\":\"from a file\"", "\"token\":{\"env\":\"MILLRACE_SECRET_T\"}");
        assertThat(server.requests().get(1))
                .contains("PATCH", "\"password\":\"typed\"")
                .doesNotContain("\"kind\"");
        assertThat(run("update", "region1", "-f", "r.yaml", "--replace").exitCode())
                .isZero();
        assertThat(server.requests().get(2)).contains("PUT").doesNotContain("\"kind\"");
        assertThat(run("create", "-f", "r.yaml", "--ask", "password").err()).contains("nothing was given");
    }

    @Test
    void sendsWhatAFileRemovesAndShowsWhatThatMeans() throws IOException {
        server.on("PATCH /connections/region1", REGION1).noticing("kafka.region1.a cannot be used");
        Files.writeString(folder.resolve("r.yaml"), "fields: {topicPrefixes: null}\n");

        Run.Result changed = run("update", "region1", "-f", "r.yaml", "--force", "--dry-run");
        assertThat(changed.out()).isEqualTo("region1: is right; nothing was changed\n");
        assertThat(changed.err()).isEqualTo("kafka.region1.a cannot be used\n");
        assertThat(server.requests().get(0)).contains("force=true", "dryRun=true", "{\"topicPrefixes\":null}");
    }

    @Test
    void refusesASecretThatStandsInTheFile() throws IOException {
        Files.writeString(folder.resolve("r.yaml"), FILE + "  password: hunter2\n");
        Run.Result refused = run("create", "-f", "r.yaml");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--ask password").doesNotContain("hunter2");

        Files.writeString(folder.resolve("r.yaml"), "name: [\nsecret: hunter2");
        assertThat(run("create", "-f", "r.yaml").err()).contains("line").doesNotContain("hunter2");
        Files.writeString(folder.resolve("r.yaml"), FILE + "url: jdbc:x\n");
        assertThat(run("create", "-f", "r.yaml").exitCode()).isEqualTo(2);
        assertThat(run("create", "-f", "none.yaml").exitCode()).isEqualTo(4);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void triesAConnection() {
        server.on("POST /connections/region1/tests", """
                {"ok": false, "millis": 40, "stages": [
                 {"stage": "RESOLVE", "outcome": "DONE", "millis": 1, "message": "k1 is 10.0.0.1."},
                 {"stage": "CONNECT", "outcome": "FAILED", "millis": 39, "message": "Nothing listens there."}]}
                """);

        Run.Result result = run("test", "region1");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("""
                RESOLVE       DONE         1 ms  k1 is 10.0.0.1.
                CONNECT       FAILED      39 ms  Nothing listens there.
                """);
        assertThat(run("test").exitCode()).isEqualTo(2);
    }

    @Test
    void putsANewKeyFirstAndRotates() throws IOException {
        server.on("POST /secret-rotations", "{\"keyId\": \"k2\", \"secrets\": 3}");
        Path keys = folder.resolve("home/secrets/master.keys");
        Files.createDirectories(keys.getParent());
        Files.writeString(keys, "k1:old\n");

        assertThat(run("rotate-key").out()).isEqualTo("3 secrets sealed with key k2\n");
        assertThat(Files.readString(keys)).isEqualTo("k1:old\n");
        assertThat(run("rotate-key", "--new-key").exitCode()).isZero();
        assertThat(Files.readString(keys)).matches("k\\d{14}:[A-Za-z0-9+/]{43}=\nk1:old\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-------");
        assertThat(run("rotate-key", "--new-key", "--key-file", "none/keys").exitCode())
                .isEqualTo(4);
    }

    @Test
    void showsKindsHistoryAndDeletes() {
        server.on("GET /connection-kinds", """
                {"items": [{"kind": "redis", "shape": "DATABASE", "en": "A Redis server.", "zh": "x", "fields": [
                 {"key": "port", "type": "PORT", "required": false, "standard": 6379, "choices": [], "schemes": [],
                  "secret": false, "target": true, "en": "Its port.", "zh": "x"}]}]}
                """);
        server.on("GET /connections/region1/changes", """
                {"items": [{"number": 1, "version": 1, "what": "CREATED", "by": "local", "at": "2026-05-04T12:00:00Z",
                 "fields": ["host", "password"]}]}
                """);
        server.on("DELETE /connections/region1", 204, "");

        assertThat(run("kinds").out()).contains("redis: A Redis server.", "port  | PORT | default 6379 | Its port.");
        assertThat(run("history", "region1").out()).contains("CREATED | 1       | host, password");
        server.noticing("What is in catalog 'region1' is read by job 'load'.");
        Run.Result deleted = run("delete", "region1");
        assertThat(deleted.out()).isEqualTo("region1: deleted\n");
        assertThat(deleted.err()).isEqualTo("What is in catalog 'region1' is read by job 'load'.\n");
    }

    private Run.Result run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "catalog";
        all[1] = "connections";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Run.in(folder).with(server).run(all);
    }
}
