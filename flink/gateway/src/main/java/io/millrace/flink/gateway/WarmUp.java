package io.millrace.flink.gateway;

import io.millrace.api.gateway.StatePlan;
import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.flink.gateway.analysis.Analyzer;
import io.millrace.flink.gateway.session.SessionContexts;
import io.millrace.flink.gateway.session.SqlSession;
import io.millrace.flink.gateway.state.JobPlan;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.ModifyOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;

/** Plans what nobody asked for, so that the first user does not pay for loading the planner's classes. */
final class WarmUp implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final String QUERY = "SELECT name, COUNT(*), MAX(n) FROM (VALUES ('a', 1), ('b', 2)) AS t (name, n)"
            + " WHERE n < 10 GROUP BY name";
    private static final String SCRIPT = """
            SET 'table.local-time-zone' = 'UTC';
            CREATE TEMPORARY TABLE warm_source (n INT, name STRING) WITH ('connector' = 'millrace-draft');
            CREATE TEMPORARY TABLE warm_sink (n INT, name STRING) WITH ('connector' = 'millrace-draft');
            CREATE TEMPORARY VIEW warm_view AS SELECT n + 1 AS n, UPPER(name) AS name FROM warm_source;
            INSERT INTO warm_sink SELECT n, name FROM warm_view WHERE n > 0;
            """;

    private final SessionContexts contexts;
    private final Analyzer analyzer;

    WarmUp(SessionContexts contexts, Analyzer analyzer) {
        this.contexts = contexts;
        this.analyzer = analyzer;
    }

    @Override
    public void run() {
        try (SqlSession session = new SqlSession(contexts.open(SessionContexts.IN_MEMORY_CATALOG, null))) {
            String plan = session.environment(Map.of()).explainSql(QUERY);
            LOG.debug("the planner is warm: {}", plan);
            Analysis analysis =
                    analyzer.analyse(new NewAnalysis(SCRIPT, null, SessionContexts.IN_MEMORY_CATALOG, null));
            LOG.debug("and so are analyses: {}", analysis.errors());
            LOG.debug("and so are the plans of jobs: {}", job(session.environment(Map.of())));
        } catch (RuntimeException e) {
            LOG.info("the planner could not be warmed up; the first statement will be slow: {}", e.toString());
        }
    }

    private static StatePlan job(TableEnvironmentInternal planner) {
        for (String table : List.of("warm_in", "warm_out")) {
            planner.executeSql("CREATE TEMPORARY TABLE " + table
                    + " (name STRING, n BIGINT) WITH ('connector' = 'millrace-draft')");
        }
        String insert = "INSERT INTO warm_out SELECT UPPER(name), n + 1 FROM warm_in WHERE n > 0";
        return JobPlan.of(planner, List.of((ModifyOperation)
                        planner.getParser().parse(insert).get(0)))
                .state();
    }
}
