package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.dist.e2e.Millrace.Answer;
import io.millrace.testkit.TestMariaDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Databases of others through Millrace: what Flink reads and writes there is what the catalog says, and others see it. */
@ExtendWith(SharedStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MysqlE2E {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String EVERY_TYPE = """
            CREATE TABLE every_type (
              id int PRIMARY KEY, c_bool boolean, c_tiny tinyint, c_tinyu tinyint unsigned, c_small smallint,
              c_smallu smallint unsigned, c_med mediumint, c_medu mediumint unsigned, c_int int, c_intu int unsigned,
              c_big bigint, c_bigu bigint unsigned, c_float float, c_double double, c_dec decimal(38,18),
              c_decu decimal(10,2) unsigned, c_bit bit, c_bits bit(10), c_year year, c_date date, c_time time,
              c_dt datetime, c_dt6 datetime(6), c_ts timestamp NULL, c_ts6 timestamp(6) NULL, c_char char(5),
              c_varchar varchar(20), c_tinytext tinytext, c_text text, c_medtext mediumtext, c_longtext longtext,
              c_json json, c_enum enum('a','b'), c_set set('x','y'), c_binary binary(4), c_varbinary varbinary(10),
              c_tinyblob tinyblob, c_blob blob, c_medblob mediumblob, c_longblob longblob, c_uuid uuid, c_inet6 inet6,
              c_inet4 inet4, c_geometry geometry, c_point point, `order` int, `with space` int)
            """;

    private static final String LEAST = """
            INSERT INTO every_type VALUES (1, false, -128, 0, -32768, 0, -8388608, 0, -2147483648, 0,
              -9223372036854775808, 0, -1.5, -2.25, -12345678901234567890.123456789012345678, 0, b'0', b'0', 1901,
              '1000-01-01', '00:00:00', '1000-01-01 00:00:00', '1000-01-01 00:00:00.000001', '1970-01-02 00:00:01',
              '1970-01-02 00:00:01.000001', '', '', '', '', '', '', '{}', 'a', '', x'00', x'', x'', x'', x'', x'',
              '00000000-0000-0000-0000-000000000000', '::', '0.0.0.0', ST_GeomFromText('POINT(0 0)'),
              ST_GeomFromText('POINT(0 0)'), 0, 0)
            """;

    private static final String MOST = """
            INSERT INTO every_type VALUES (2, true, 127, 255, 32767, 65535, 8388607, 16777215, 2147483647, 4294967295,
              9223372036854775807, 18446744073709551615, 1.5, 2.25, 12345678901234567890.123456789012345678,
              99999999.99, b'1', b'1111111111', 2155, '9999-12-31', '23:59:59', '9999-12-31 23:59:59',
              '9999-12-31 23:59:59.999999', '2038-01-19 03:14:07', '2026-03-29 02:30:00.123456', 'abcde', 'Grüße 🙂',
              't', 'text', 'm', REPEAT('long', 20000), '{"a": [1, 2]}', 'b', 'x,y', x'01020304', x'ff00', x'01', x'02',
              x'03', x'04', '123e4567-e89b-12d3-a456-426614174000', '2001:db8::ff00:42:8329', '255.255.255.255',
              ST_GeomFromText('LINESTRING(0 0, 1 1)'), ST_GeomFromText('POINT(1 2)'), 1, 2)
            """;

    @TempDir
    private static Path folder;

    private final Guide guide = Guide.of("mysql");
    private final Millrace millrace;
    private final TestMariaDb mariaDb = TestMariaDb.start();
    private final TestMariaDb.Database crm = mariaDb.database("crm");

    MysqlE2E(Millrace millrace) throws IOException {
        this.millrace = millrace;
    }

    @BeforeAll
    void connect() throws Exception {
        Path file = Files.writeString(
                folder.resolve("crm.yaml"),
                guide.connection(Map.of(
                        "crm-db.example.com",
                        "127.0.0.1",
                        "3306",
                        String.valueOf(crm.port()),
                        "username: millrace",
                        "username: " + crm.username())));
        Path password = Files.writeString(folder.resolve("password"), crm.password());

        Answer made = millrace.run(
                "catalog", "connections", "create", "-f", file.toString(), "--secret-file", "password=" + password);
        assertThat(made.exit()).as(made.err()).isZero();
        Answer tested = millrace.run("catalog", "connections", "test", "mysql_crm");
        assertThat(tested.exit()).as(tested.err() + tested.out()).isZero();
        assertThat(made.out() + tested.out()).doesNotContain(crm.password());
    }

    @AfterAll
    void stop() {
        mariaDb.close();
    }

    @Test
    void readsAndWritesEveryTypeAsItIs() throws Exception {
        crm.execute(EVERY_TYPE, LEAST, MOST, "INSERT INTO every_type (id) VALUES (3)");
        crm.execute("ALTER TABLE every_type DROP COLUMN `with space`");
        crm.execute("CREATE TABLE copy LIKE every_type");

        sql("SET 'table.dml-sync' = 'true';"
                + " INSERT INTO mysql_crm.crm.copy SELECT * FROM mysql_crm.crm.every_type");

        assertThat(mariadb("SELECT COUNT(*) FROM copy")).isEqualTo("3\n");
        assertThat(mariadb("SELECT * FROM every_type EXCEPT SELECT * FROM copy"))
                .as("rows that came through Flink otherwise")
                .isEmpty();
        assertThat(sql("SELECT c_bool, c_tinyu, c_bigu, c_dec, c_year, c_time, c_dt6, c_ts6, c_varchar, c_uuid, c_bits"
                        + " FROM mysql_crm.crm.every_type WHERE id = 2"))
                .isEqualTo("{\"c_bool\":true,\"c_tinyu\":255,\"c_bigu\":\"18446744073709551615\","
                        + "\"c_dec\":\"12345678901234567890.123456789012345678\",\"c_year\":2155,\"c_time\":\"23:59:59\","
                        + "\"c_dt6\":\"9999-12-31 23:59:59.999999\",\"c_ts6\":\"2026-03-29 02:30:00.123456\","
                        + "\"c_varchar\":\"Grüße 🙂\",\"c_uuid\":\"123e4567-e89b-12d3-a456-426614174000\","
                        + "\"c_bits\":\"03ff\"}\n");
    }

    @Test
    void readsColumnsWithOddNames() throws Exception {
        crm.execute(
                "CREATE TABLE `odd ``table``; DROP TABLE x` (`with space` int, `a-b` int, `Grüße` int, `select` int)",
                "INSERT INTO `odd ``table``; DROP TABLE x` VALUES (1, 2, 3, 4)");

        assertThat(sql("SELECT `with space` + `a-b` + `Grüße` + `select` AS n"
                        + " FROM mysql_crm.crm.`odd ``table``; DROP TABLE x` WHERE `a-b` = 2"))
                .isEqualTo("{\"n\":10}\n");
    }

    @Test
    void theGuideJoinsATopicAndATableInAJobThatUpserts() throws Exception {
        assertThat(mariadb(guide.firstSql())).isEmpty();
        assertThat(sql("SET 'table.dml-sync' = 'true';\n" + guide.sql(1, 2)))
                .isEqualTo("{\"id\":1,\"name\":\"Ada\"}\n");
        Path job = Files.writeString(folder.resolve("spent.sql"), guide.sql(2));

        assertThat(millrace.run("job", "apply", "-f", job.toString()).exit()).isZero();
        Answer started = millrace.run("job", "start", "spent", "--wait");
        assertThat(started.exit()).as(started.err()).isZero();
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(mariadb("SELECT * FROM spent ORDER BY name")).isEqualTo("Ada\t15\nGrace\t20\n"));
        sql("SET 'table.dml-sync' = 'true'; INSERT INTO kafka.main.orders VALUES (2, 1)");

        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(mariadb("SELECT * FROM spent ORDER BY name")).isEqualTo("Ada\t15\nGrace\t21\n"));
        assertThat(millrace.run("job", "stop", "spent", "--wait").exit()).isZero();
    }

    @Test
    void aTableIsDescribedAndPlannedAsItWasWhileItsServerIsDown() throws Exception {
        crm.execute("CREATE TABLE visits (id bigint PRIMARY KEY, page varchar(50))");
        sql("DESCRIBE mysql_crm.crm.visits");
        mariaDb.kill();
        try {
            Answer described = millrace.run("sql", "-e", "DESCRIBE mysql_crm.crm.visits");
            assertThat(described.out()).contains("page", "VARCHAR(50)");
            assertThat(described.err())
                    .contains("catalog 'mysql_crm'", "has not answered since")
                    .doesNotContain("127.0.0.1");
            assertThat(millrace.run("sql", "-e", "SHOW COLUMNS FROM mysql_crm.crm.visits")
                            .err())
                    .contains("has not answered since");

            Answer explained = millrace.run("sql", "-e", "EXPLAIN SELECT page FROM mysql_crm.crm.visits WHERE id = 1");
            assertThat(explained.out()).as(explained.err()).contains("visits");
            assertThat(explained.err()).contains("has not answered since");
            assertThat(millrace.run("sql", "-e", "DESCRIBE mysql_crm.crm.unseen")
                            .err())
                    .contains("catalog 'mysql_crm'", "has not answered since")
                    .doesNotContain("127.0.0.1");
        } finally {
            mariaDb.restart();
        }
    }

    @Test
    void whatIsWrittenToPostgresIsReadThere() throws Exception {
        sql("SET 'table.dml-sync' = 'true';"
                + " CREATE TABLE postgres.public.totals (name STRING, total DECIMAL(10, 2));"
                + " INSERT INTO postgres.public.totals VALUES ('Ada', 1.50)");

        var conf = new Properties();
        conf.load(new StringReader(Files.readString(millrace.home().resolve("conf/server/application.properties"))));
        String catalog = "millrace.catalog.postgres.";
        String password = Files.readString(Path.of(conf.getProperty(catalog + "password-file")))
                .strip();
        String url = "jdbc:postgresql://" + conf.getProperty(catalog + "host") + ":"
                + conf.getProperty(catalog + "port") + "/" + conf.getProperty(catalog + "database");
        try (var connection = DriverManager.getConnection(url, conf.getProperty(catalog + "username"), password);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT name, total FROM public.totals")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("Ada");
            assertThat(row.getBigDecimal(2)).isEqualByComparingTo("1.50");
            assertThat(row.next()).isFalse();
        }
    }

    private String sql(String script) throws Exception {
        Answer answer = millrace.run("sql", "-o", "json", "-e", "SET 'execution.runtime-mode' = 'batch'; " + script);
        assertThat(answer.exit()).as(answer.err()).isZero();
        return answer.out();
    }

    /** What MariaDB's own client says; the platform has no part in it. */
    private String mariadb(String query) throws IOException, InterruptedException {
        return Program.run(
                Map.of(),
                List.of(
                        "mariadb",
                        "--no-defaults",
                        "--batch",
                        "--skip-column-names",
                        "--default-character-set=utf8mb4",
                        "--host=127.0.0.1",
                        "--port=" + crm.port(),
                        "--user=root",
                        "--execute=" + query,
                        crm.name()));
    }
}
