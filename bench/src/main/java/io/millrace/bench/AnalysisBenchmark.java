package io.millrace.bench;

import io.millrace.api.access.GranteeKind;
import io.millrace.api.access.GranteeView;
import io.millrace.api.access.NewGrant;
import io.millrace.api.access.NewUser;
import io.millrace.api.access.ObjectKind;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.client.MillraceClient;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.flink.catalog.Acting;
import io.millrace.flink.gateway.analysis.Analyzer;
import io.millrace.flink.gateway.session.SessionContexts;
import io.millrace.flink.gateway.session.Sessions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Analyses a script of 500 lines for a user who was granted the 20 tables in it, as Millrace's gateway does it, and plans
 * the same statements over the same tables by Flink alone, alternately, and prints how long that takes. The analysis
 * opens its session, decides about every statement, plans it and finds out where each column comes from.
 *
 * <p>Run by {@code bench/analysis}, which starts Millrace.
 */
public final class AnalysisBenchmark {
    private static final int TABLES = 20;
    private static final int VIEWS = 10;
    private static final int INSERTS = 40;
    private static final String USER = "analyst";
    private static final String IN_MEMORY = "default_catalog.default_database.";

    private AnalysisBenchmark() {}

    /** Arguments: server, internal API, the file with its token, JDBC address, user and password, and how many times. */
    public static void main(String[] args) throws SQLException {
        if (args.length != 7) {
            throw new IllegalArgumentException("usage: SERVER INTERNAL_URL TOKEN_FILE JDBC_URL USER PASSWORD TIMES");
        }
        Configuration configuration = new Configuration();
        configuration.setString("millrace.metastore.url", args[1]);
        configuration.setString("millrace.metastore.token-file", args[2]);
        MillraceClient.at(URI.create(args[0]))
                .withToken(Api::token)
                .access()
                .create(new NewUser(USER, null, null, null, null));
        TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(configuration)
                .build());
        int unused = Acting.with(LocalCapability.of("local", args[3], args[4], args[5]), () -> createTables(flink));
        grant(MillraceClient.at(URI.create(args[0])).withToken(Api::token));
        String capability = LocalCapability.of(USER, args[3], args[4], args[5]);
        ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
        try (Sessions sessions =
                new Sessions(new SessionContexts(configuration, threads), threads, threads, Clock.systemUTC())) {
            Analyzer analyzer = new Analyzer(sessions);
            compare(
                    () -> Acting.with(
                            capability,
                            () -> analyzer.analyse(
                                    new NewAnalysis(String.join(";\n", script("kafka.main.")), null, "kafka", "main"))),
                    flink,
                    Integer.parseInt(args[6]));
        } finally {
            threads.shutdownNow();
        }
    }

    private static int createTables(TableEnvironment flink) {
        flink.executeSql("CREATE CATALOG kafka WITH ('type' = 'millrace')");
        for (int i = 0; i < TABLES; i++) {
            String topic = "'topic' = 'topic_" + i + "'";
            flink.executeSql(Topics.ddl("kafka.main.analysed_" + i, topic));
            flink.executeSql(Topics.ddl(IN_MEMORY + "analysed_" + i, topic + ", " + PlanningBenchmark.ALONE));
        }
        return TABLES;
    }

    private static void grant(MillraceClient admin) {
        for (int i = 0; i < TABLES; i++) {
            ObjectPath table = new ObjectPath(ObjectKind.TABLE, List.of("kafka", "main", "analysed_" + i));
            admin.grants()
                    .grant(new NewGrant(
                            new GranteeView(GranteeKind.USER, USER), table, List.of("READ", "WRITE"), null));
        }
    }

    private static void compare(Supplier<Analysis> analysis, TableEnvironment flink, int times) {
        Times ours = new Times("Millrace's analysis");
        Times theirs = new Times("Flink's planning alone");
        for (int i = 0; i < 2 * times; i++) {
            var our = Api.time(() -> check(analysis.get()));
            var their = Api.time(() -> plan(flink));
            if (i >= times) {
                ours.add(our);
                theirs.add(their);
            }
        }
        System.out.println("| script of 500 lines, ms | n | p50 | p95 | p99 | max |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        List.of(ours, theirs).forEach(each -> System.out.println(each.preciseRow()));
        System.out.printf(
                "%nratio of the p50: %.2f%n%n",
                (double) ours.percentile(50).toNanos() / theirs.percentile(50).toNanos());
    }

    /** What is refused or wrong is quick. */
    private static void check(Analysis analysis) {
        if (!analysis.errors().isEmpty() || analysis.statements().size() != VIEWS + INSERTS) {
            throw new IllegalStateException(analysis.errors().toString());
        }
    }

    private static void plan(TableEnvironment flink) {
        for (String statement : script(IN_MEMORY)) {
            if (statement.startsWith("INSERT")) {
                String unused = flink.explainSql(statement);
            } else {
                flink.executeSql(statement);
            }
        }
        for (int i = 0; i < VIEWS; i++) {
            flink.executeSql("DROP TEMPORARY VIEW recent_" + i);
        }
    }

    /** Statements of ten lines each. */
    private static List<String> script(String prefix) {
        return Stream.concat(
                        IntStream.range(0, VIEWS).mapToObj(i -> view(i, prefix)),
                        IntStream.range(0, INSERTS).mapToObj(i -> insert(i, prefix)))
                .toList();
    }

    private static String view(int i, String prefix) {
        return """
                CREATE TEMPORARY VIEW recent_%d AS
                SELECT
                  c0,
                  c1,
                  c2,
                  c3,
                  c4
                FROM %sanalysed_%d
                WHERE c0 > %d
                  AND c1 IS NOT NULL""".formatted(i, prefix, i, i);
    }

    private static String insert(int i, String prefix) {
        return """
                INSERT INTO %sanalysed_%d
                SELECT
                  a.c0, UPPER(a.c1),
                  a.c2, a.c3,
                  a.c4, b.c5,
                  CASE WHEN b.c1 = '' THEN 'none' ELSE b.c1 END,
                  b.c2, b.c3, b.c4
                FROM recent_%d AS a
                JOIN %sanalysed_%d AS b ON a.c0 = b.c0
                WHERE b.c4 < %d""".formatted(prefix, i % TABLES, i % VIEWS, prefix, (i + 7) % TABLES, i);
    }
}
