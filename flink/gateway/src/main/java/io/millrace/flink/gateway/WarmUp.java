package io.millrace.flink.gateway;

import io.millrace.flink.gateway.session.SessionContexts;
import io.millrace.flink.gateway.session.SqlSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/** Plans a query nobody asked for, so that the first user's does not pay for loading the planner's classes. */
final class WarmUp implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final String QUERY = "SELECT name, COUNT(*), MAX(n) FROM (VALUES ('a', 1), ('b', 2)) AS t (name, n)"
            + " WHERE n < 10 GROUP BY name";

    private final SessionContexts contexts;

    WarmUp(SessionContexts contexts) {
        this.contexts = contexts;
    }

    @Override
    public void run() {
        try (SqlSession session = new SqlSession(contexts.open(SessionContexts.IN_MEMORY_CATALOG, null))) {
            String plan = session.environment(Map.of()).explainSql(QUERY);
            LOG.debug("the planner is warm: {}", plan);
        } catch (RuntimeException e) {
            LOG.info("the planner could not be warmed up; the first statement will be slow", e);
        }
    }
}
