package io.millrace.server.access;

import io.quarkus.arc.Arc;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the server asks its metastore to answer calls, not what its loops ask meanwhile. */
final class Queries {
    private static final int TRIES = 5;

    private Queries() {}

    /** How many a call takes: the fewest of several, because some answers are kept for the calls that follow. */
    static int fewest(Callable<?> call) throws Exception {
        Jdbi jdbi = Arc.container().instance(Jdbi.class).get();
        SqlLogger before = jdbi.getConfig(SqlStatements.class).getSqlLogger();
        int fewest = Integer.MAX_VALUE;
        try {
            for (int i = 0; i < TRIES; i++) {
                AtomicInteger count = new AtomicInteger();
                jdbi.setSqlLogger(new SqlLogger() {
                    @Override
                    public void logAfterExecution(StatementContext context) {
                        if (Arc.container().requestContext().isActive()) {
                            count.incrementAndGet();
                        }
                    }
                });
                Object unused = call.call();
                fewest = Math.min(fewest, count.get());
            }
        } finally {
            jdbi.setSqlLogger(before);
        }
        return fewest;
    }
}
