package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.api.access.NewGroup;
import io.millrace.api.access.NewToken;
import io.millrace.api.access.NewUser;
import io.millrace.api.client.ApiException;
import io.millrace.api.client.JobsClient;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.job.JobMode;
import io.millrace.api.job.JobSpec;
import io.millrace.api.job.ObservedState;
import io.millrace.api.problem.Problem;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.cli.console.ServerToken;
import io.millrace.dist.e2e.Millrace.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Who may do what, given and taken in SQL, as those who are given something meet it. */
@ExtendWith(SharedStack.class)
class GrantsE2E {
    private final Millrace millrace;
    private final MillraceClient server;
    private final Session admin;

    GrantsE2E(Millrace millrace) throws Exception {
        this.millrace = millrace;
        String ui = millrace.run("status", "--output", "json").json().path("ui").asText();
        String token = ServerToken.ofStack(millrace.home()).orElseThrow();
        this.server = MillraceClient.at(URI.create(ui).resolve("/"));
        this.admin = new Session(server.withToken(() -> token));
        admin.ok("SET 'table.dml-sync' = 'true'");
        admin.ok("CREATE DATABASE IF NOT EXISTS warehouse.shop");
    }

    @Test
    void aGrantCountsAtOnceAndForItsTableOnly() throws Exception {
        tableOfOneRow("orders");
        tableOfOneRow("secrets");
        Session alice = user("alice");
        assertAbsent(alice.fails("SELECT * FROM warehouse.shop.orders"));

        admin.ok("GRANT READ ON TABLE warehouse.shop.orders TO alice");

        assertThat(alice.ok("SELECT * FROM warehouse.shop.orders").items()).hasSize(1);
        assertAbsent(alice.fails("SELECT * FROM warehouse.shop.secrets"));
        assertThat(alice.ok("EXPLAIN SELECT * FROM warehouse.shop.orders").items())
                .isNotEmpty();
        assertAbsent(alice.fails("EXPLAIN SELECT * FROM warehouse.shop.secrets"));
        Problem insert = alice.fails("INSERT INTO warehouse.shop.orders VALUES (1)");
        assertThat(insert.code()).isEqualTo("ACCESS_DENIED");
        assertThat(insert.detail())
                .contains("WRITE on table 'warehouse.shop.orders'", "It can be granted by an administrator");
        assertThat(alice.fails("CREATE TABLE warehouse.shop.mine WITH ('format' = 'parquet') AS"
                                + " SELECT * FROM warehouse.shop.orders")
                        .detail())
                .contains("CREATE on database 'warehouse.shop'");
        assertThat(alice.fails("GRANT READ ON warehouse.shop.orders TO alice").detail())
                .contains("GRANT on table");
        assertThat(alice.fails("SELECT * FROM warehouse.shop.orders /*+ OPTIONS('connector'='print') */")
                        .detail())
                .contains("cannot be given as hints");
        assertThat(alice.ok("SHOW GRANTS").items())
                .extracting(row -> row.values().subList(0, 7))
                .containsExactly(List.of("user", "alice", "ALLOW", "READ", "table", "warehouse.shop.orders", "local"));

        assertThat(admin.ok("REVOKE READ, WRITE ON warehouse.shop.orders FROM alice")
                        .statement()
                        .message())
                .isEqualTo("Took back 1 grant.");

        assertAbsent(alice.fails("SELECT * FROM warehouse.shop.orders"));
        assertThat(alice.ok("SHOW GRANTS").items()).isEmpty();
        isWrittenDown();
    }

    private void isWrittenDown() throws Exception {
        assertThat(millrace.run("access", "activity", "--object", "warehouse.shop.orders")
                        .out())
                .contains("grant.grant", "grant.revoke", "READ ON table warehouse.shop.orders: alice", "ACCESS_DENIED");
        assertThat(Activities.of(millrace, "--by", "alice", "--object", "warehouse.shop.orders"))
                .contains(
                        "sql.read table warehouse.shop.orders OK 127.0.0.1",
                        "sql.write table 'warehouse.shop.orders' ACCESS_DENIED 127.0.0.1",
                        "grant.grant READ ON table warehouse.shop.orders: alice ACCESS_DENIED 127.0.0.1");
        await().untilAsserted(
                        () -> assertThat(Activities.of(millrace, "--by", "alice", "--object", "warehouse.shop.secrets"))
                                .as("what she was told is not there")
                                .contains("sql.find table 'warehouse.shop.secrets' ACCESS_DENIED 127.0.0.1"));
        assertThat(Activities.of(millrace, "--by", "local", "--object", "databases/shop/tables"))
                .contains("table.create /catalogs/warehouse/databases/shop/tables OK 127.0.0.1");
    }

    @Test
    void aDenialWinsOverWhatAGroupHas() {
        tableOfOneRow("visits");
        Session bob = user("bob");
        Session carl = user("carl.k-1");
        admin.client.grants().create(new NewGroup("analysts", ""));
        admin.client.grants().add("analysts", "bob");
        admin.client.grants().add("analysts", "carl.k-1");

        admin.ok("GRANT READ ON DATABASE warehouse.shop TO GROUP analysts");
        admin.ok("USE warehouse.shop");
        admin.ok("DENY READ ON visits TO `carl.k-1`");

        assertThat(bob.ok("SELECT * FROM warehouse.shop.visits").items()).hasSize(1);
        assertThat(carl.fails("SELECT * FROM warehouse.shop.visits").detail())
                .contains("READ on table 'warehouse.shop.visits'");
        assertThat(admin.ok("SHOW GRANTS ON visits").items())
                .extracting(row -> row.values().subList(0, 4))
                .containsExactly(List.of("user", "carl.k-1", "DENY", "READ"));

        admin.ok("REVOKE DENY READ ON visits FROM `carl.k-1`");

        assertThat(carl.ok("SELECT * FROM warehouse.shop.visits").items()).hasSize(1);
    }

    @Test
    void aViewIsReadWithTheRightsOfItsReader() {
        tableOfOneRow("wages");
        admin.ok("CREATE VIEW warehouse.shop.staff AS SELECT id FROM warehouse.shop.wages");
        Session dora = user("dora");

        admin.ok("GRANT READ ON VIEW warehouse.shop.staff TO dora");
        Problem refused = dora.fails("SELECT * FROM warehouse.shop.staff");
        admin.ok("GRANT READ ON warehouse.shop.wages TO dora");

        assertThat(refused.detail()).contains("wages");
        assertThat(dora.ok("SELECT * FROM warehouse.shop.staff").items()).hasSize(1);
    }

    /** Names are what people see; a job runs over what they meant when it was applied. */
    @Test
    void aJobRunsOverNothingThatWasMadeAnewUnderAName() throws Exception {
        tableOfOneRow("source");
        admin.ok("CREATE TABLE warehouse.shop.target (id INT) WITH ('format' = 'parquet')");
        admin.ok("CREATE VIEW warehouse.shop.passed AS SELECT id FROM warehouse.shop.source");
        String copy = "INSERT INTO warehouse.shop.target SELECT id FROM warehouse.shop.passed";
        JobSpec spec = new JobSpec(copy, JobMode.BATCH, null, null, null, null, null);
        JobsClient jobs = admin.client.jobs();
        jobs.apply("decided", spec);

        jobs.start("decided");
        finished(jobs, 1);
        admin.ok("ALTER TABLE warehouse.shop.source ADD more STRING");
        jobs.start("decided");
        finished(jobs, 2);

        admin.ok("DROP VIEW warehouse.shop.passed");
        admin.ok("CREATE VIEW warehouse.shop.passed AS SELECT id FROM warehouse.shop.source");
        assertThatThrownBy(() -> jobs.start("decided"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.problem().code()).isEqualTo("JOB_OBJECTS_CHANGED"))
                .hasMessageContaining("Version 1 of the job was applied over table 'warehouse.shop.passed'");
        assertThat(jobs.attempts("decided")).hasSize(2);

        assertThat(jobs.apply("decided", spec).job().version())
                .as("the same script")
                .isEqualTo(2);
        jobs.start("decided");
        finished(jobs, 3);
        assertThat(jobs.apply("decided", spec).job().version())
                .as("no more changes")
                .isEqualTo(2);

        tableOfOneRow("other");
        admin.ok("ALTER VIEW warehouse.shop.passed AS SELECT id FROM warehouse.shop.other");
        jobs.start("decided");
        assertThat(failed(jobs, 4))
                .contains("other", "Changed since version 2 of the job was applied", "warehouse.shop.passed");
        assertThat(jobs.apply("decided", spec).job().version())
                .as("it means something else")
                .isEqualTo(3);
        jobs.delete("decided");
    }

    private static void finished(JobsClient jobs, int attempt) {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            assertThat(jobs.get("decided").observed()).isEqualTo(ObservedState.FINISHED);
            assertThat(jobs.attempts("decided")).hasSize(attempt);
        });
    }

    /** What the history says of it. */
    private static String failed(JobsClient jobs, int attempt) {
        await().atMost(Duration.ofMinutes(2)).until(() -> jobs.get("decided").observed() == ObservedState.FAILED);
        assertThat(jobs.attempts("decided").size()).isGreaterThanOrEqualTo(attempt);
        return jobs.events("decided", 100, null).toString();
    }

    /** Kafka's clients would read any file by it: refused by name, and, where a name passed, by the clients themselves. */
    @Test
    void noOptionHasKafkasClientsLoadAClass() throws Exception {
        assertThat(admin.fails("CREATE TEMPORARY TABLE provided (s STRING) WITH ('connector' = 'kafka', 'topic' = 'x',"
                                + " 'format' = 'raw', 'properties.bootstrap.servers' = '127.0.0.1:1',"
                                + " 'properties.config.providers' = 'f', 'properties.config.providers.f.class' ="
                                + " 'org.apache.kafka.common.config.provider.FileConfigProvider')")
                        .detail())
                .contains("values be read from elsewhere");
        for (String part : List.of("server", "gateway", "jobmanager", "taskmanager")) {
            String properties = properties(part);
            for (String kafka : List.of("org.apache.kafka.", "org.apache.flink.kafka.shaded.org.apache.kafka.")) {
                assertThat(properties.lines())
                        .as(part)
                        .contains(
                                kafka + "automatic.config.providers=none",
                                kafka + "disallowed.login.modules=com.sun.security.auth.module.JndiLoginModule,"
                                        + "com.sun.security.auth.module.LdapLoginModule",
                                kafka + "sasl.oauthbearer.allowed.urls=",
                                kafka + "sasl.oauthbearer.allowed.files=");
            }
        }
    }

    /** Those that a process of the stack really has. */
    private String properties(String part) throws Exception {
        List<String> found = new ArrayList<>();
        for (var process : millrace.processes()) {
            if (Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), ISO_8859_1)
                    .contains("/conf/" + part + "/jvm.args")) {
                found.add(String.valueOf(process.pid()));
            }
        }
        assertThat(found).as(part).hasSize(1);
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        found.get(0),
                        "VM.system_properties")
                .redirectErrorStream(true)
                .start();
        return new String(jcmd.getInputStream().readAllBytes(), ISO_8859_1);
    }

    @Test
    void nothingIsDoneByHalvesNorByAnAnalysis() {
        tableOfOneRow("refunds");
        Session eve = user("eve");

        assertThat(admin.fails("GRANT READ ON warehouse.shop.refunds TO eve, nobody")
                        .detail())
                .contains("no user 'nobody'");
        Analysis fine = analysis("""
                CREATE TABLE warehouse.shop.planned (id INT) WITH ('format' = 'parquet');
                GRANT READ ON warehouse.shop.planned TO eve;
                GRANT READ ON warehouse.shop.refunds TO eve;
                """);
        Analysis wrong = analysis("GRANT READ ON warehouse.shop.refunds TO nobody;\n GRANT READ ON x.y.z TO eve");

        assertThat(fine.errors()).isEmpty();
        assertThat(fine.statements()).extracting("kind").containsExactly("CREATE_TABLE", "GRANT", "GRANT");
        assertThat(wrong.errors()).hasSize(2);
        assertThat(wrong.errors().get(0).detail()).contains("no user 'nobody'");
        assertThat(wrong.errors().get(1).line()).isEqualTo(2);
        assertThat(admin.ok("SHOW GRANTS ON warehouse.shop.refunds").items()).isEmpty();
        assertAbsent(eve.fails("SELECT * FROM warehouse.shop.refunds"));
    }

    @Test
    void aTokenThatIsLimitedGivesNothing() {
        tableOfOneRow("gifts");
        Session gina = user("gina");
        admin.ok("GRANT ALL ON warehouse.shop.gifts TO gina");
        Session limited = session("gina", List.of("SQL_RUN"));

        assertThat(limited.ok("SELECT * FROM warehouse.shop.gifts").items()).hasSize(1);
        assertThat(limited.fails("GRANT READ ON warehouse.shop.gifts TO GROUP everyone")
                        .detail())
                .contains("GRANT_EDIT");
        assertThat(limited.fails("SHOW GRANTS").detail()).contains("GRANT_READ");
        gina.ok("GRANT READ ON warehouse.shop.gifts TO GROUP everyone");
        gina.ok("REVOKE READ ON warehouse.shop.gifts FROM GROUP everyone");
    }

    @Test
    void theCommandLineGivesAndTakesTheSame() throws Exception {
        tableOfOneRow("stock");
        Session fred = user("fred");

        Answer given = millrace.run("access", "grant", "READ", "--on", "warehouse.shop.stock", "--to", "fred");
        assertThat(given.exit()).as(given.err()).isZero();
        assertThat(fred.ok("SELECT * FROM warehouse.shop.stock").items()).hasSize(1);
        assertThat(millrace.run("access", "grants", "--on", "warehouse.shop.stock", "-o", "csv")
                        .out())
                .contains("user,fred,ALLOW,READ,table,warehouse.shop.stock,local,");
        assertThat(millrace.run("access", "revoke", "ALL", "--on", "warehouse.shop.stock", "--to", "fred")
                        .err())
                .contains("Took back 1 grant.");
        assertAbsent(fred.fails("SELECT * FROM warehouse.shop.stock"));
    }

    @Test
    void evenAnAdministratorsOwnTablesReachFilesOfAllowedFoldersOnly() throws Exception {
        Path allowed = millrace.home().resolve("data/files");
        Path numbers = Files.writeString(allowed.resolve("numbers.csv"), "1\n2\n");
        Path link = Files.createSymbolicLink(allowed.resolve("link"), Path.of("/etc"));
        String raw = " (l STRING) WITH ('connector' = 'filesystem', 'format' = 'raw', 'path' = '";

        admin.ok("CREATE TEMPORARY TABLE inside" + raw + numbers.toUri() + "')");
        assertThat(admin.ok("SELECT * FROM inside").items()).hasSize(2);
        for (String outside : List.of("file:///etc/passwd", "/etc/passwd", link + "/passwd")) {
            String create = "CREATE TEMPORARY TABLE outside" + raw + outside + "')";
            assertThat(admin.fails(create).detail())
                    .contains("'path'", "/etc/passwd", allowed.toString(), "MILLRACE_ALLOWED_ROOTS");
            assertThat(analysis(create).errors()).hasSize(1);
        }
        assertThat(admin.fails("CREATE TEMPORARY TABLE outside" + raw + allowed + "/../../secrets')")
                        .detail())
                .contains("'..'");
        Files.delete(link);
        Files.delete(numbers);
    }

    /** What one may not see is answered as what is not there, in the words of whoever notices first. */
    private static void assertAbsent(Problem problem) {
        assertThat(problem.code()).isEqualTo("SQL_INVALID");
        assertThat(problem.detail()).containsAnyOf("does not exist", "not found", "There is no catalog");
    }

    private void tableOfOneRow(String name) {
        admin.ok("CREATE TABLE warehouse.shop." + name + " (id INT) WITH ('format' = 'parquet')");
        admin.ok("INSERT INTO warehouse.shop." + name + " VALUES (1)");
    }

    private Analysis analysis(String script) {
        return admin.client.sql().analyse(new NewAnalysis(script, null, null, null));
    }

    private Session user(String name) {
        admin.client.access().create(new NewUser(name, null, null, false, null));
        return session(name, List.of());
    }

    private Session session(String name, List<String> scope) {
        String token = admin.client
                .access()
                .create(name, new NewToken("test", scope, null))
                .secret();
        return new Session(server.withToken(() -> token));
    }
}
