package io.millrace.bench;

import io.millrace.flink.catalog.Acting;
import io.millrace.flink.gateway.analysis.Mentions;
import io.millrace.flink.gateway.script.Script;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.CatalogManager;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plans statements over 20 tables in one session of Flink, the tables alternately in Millrace's catalog and in Flink's
 * own in-memory catalog, and prints how long that takes. Planner, class path and process are those of Millrace's gateway,
 * and Millrace's tables are looked up as the gateway does it for a statement; the others as Flink does it.
 *
 * <p>Run by {@code bench/catalog}, which starts Millrace.
 */
public final class PlanningBenchmark {
    private static final int TABLES = 20;
    private static final int WARM_UP = 100;

    /** What Millrace adds by itself. */
    static final String ALONE = "'connector' = 'kafka', 'properties.bootstrap.servers' = '127.0.0.1:9092',"
            + " 'format' = 'json', 'scan.startup.mode' = 'earliest-offset', 'properties.isolation.level' ="
            + " 'read_committed'";

    private PlanningBenchmark() {}

    /** Arguments: the address of Millrace's internal API, the file with its token, a capability, and how many times. */
    public static void main(String[] args) {
        if (args.length != 4) {
            throw new IllegalArgumentException("usage: INTERNAL_URL TOKEN_FILE CAPABILITY TIMES");
        }
        int unused = Acting.with(args[2], () -> run(args));
    }

    private static int run(String[] args) {
        Configuration configuration = new Configuration();
        configuration.setString("millrace.metastore.url", args[0]);
        configuration.setString("millrace.metastore.token-file", args[1]);
        TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(configuration)
                .build());
        createTables(flink);
        int times = Integer.parseInt(args[3]);
        System.out.println("| planning over " + TABLES + " tables, ms | n | p50 | p95 | p99 | max |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        compare(flink, "UNION ALL", PlanningBenchmark::union, times);
        compare(flink, "JOIN", PlanningBenchmark::join, times);
        return times;
    }

    private static void createTables(TableEnvironment flink) {
        flink.executeSql("CREATE CATALOG kafka WITH ('type' = 'millrace')");
        for (int i = 0; i < TABLES; i++) {
            flink.executeSql(Topics.ddl("kafka.main.planned_" + i, "'topic' = 'topic_" + i + "'"));
            flink.executeSql(Topics.ddl("planned_" + i, "'topic' = 'topic_" + i + "', " + ALONE));
        }
    }

    private static void compare(TableEnvironment flink, String what, UnaryOperator<String> statement, int times) {
        String inMillrace = statement.apply("kafka.main.");
        String inMemory = statement.apply("default_catalog.default_database.");
        CatalogManager catalogs = ((TableEnvironmentInternal) flink).getCatalogManager();
        Times ours = new Times(what + ", Millrace's catalog");
        Times theirs = new Times(what + ", Flink's in-memory catalog");
        for (int i = 0; i < WARM_UP + times; i++) {
            var our = Api.time(
                    () -> Mentions.during(catalogs, Script.split(inMillrace), () -> flink.explainSql(inMillrace)));
            var their = Api.time(() -> flink.explainSql(inMemory));
            if (i >= WARM_UP) {
                ours.add(our);
                theirs.add(their);
            }
        }
        List.of(ours, theirs).forEach(each -> System.out.println(each.preciseRow()));
        System.out.printf(
                "%nratio of the p50, %s: %.2f%n%n",
                what,
                (double) ours.percentile(50).toNanos() / theirs.percentile(50).toNanos());
    }

    private static String union(String prefix) {
        return IntStream.range(0, TABLES)
                .mapToObj(i -> "SELECT c0, c1, c3 FROM " + prefix + "planned_" + i + " WHERE c0 > " + i)
                .collect(Collectors.joining(" UNION ALL "));
    }

    private static String join(String prefix) {
        String joins = IntStream.range(1, TABLES)
                .mapToObj(i -> " JOIN " + prefix + "planned_" + i + " t" + i + " ON t" + i + ".c0 = t0.c0")
                .collect(Collectors.joining());
        return "SELECT t0.c1, t19.c3 FROM " + prefix + "planned_0 t0" + joins;
    }
}
