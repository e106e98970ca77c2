package io.millrace.flink.gateway.session;

import io.millrace.api.sql.ResultColumn;
import io.millrace.flink.catalog.Notices;
import io.millrace.flink.gateway.analysis.Boundedness;
import io.millrace.flink.gateway.analysis.Mentions;
import io.millrace.flink.gateway.analysis.Suggestions;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import io.millrace.flink.gateway.problem.SqlErrors;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.session.StatementParser.Parsed;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.cli.ClientOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs one statement to its end, on a thread of its own. Planning and submitting happen under the session's lock;
 * fetching rows does not, so a long query does not keep the session from other statements.
 */
final class StatementRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StatementRun.class);
    private static final String DML_SYNC = "table.dml-sync";
    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(4);

    /** Flink cancels the job of a query of which it has heard nothing for so long: this process has died. */
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final SqlSession session;
    private final SqlStatement statement;
    private final Piece piece;
    private final Limits limits;
    private ZoneId zone = ZoneOffset.UTC;
    private boolean ends;

    StatementRun(SqlSession session, SqlStatement statement, Piece piece, Limits limits) {
        this.session = session;
        this.statement = statement;
        this.piece = piece;
        this.limits = limits;
    }

    @Override
    public void run() {
        session.acting(() -> {
            work();
            return statement;
        });
    }

    private void work() {
        try {
            // Never interrupted on its way to Flink: a job that was accepted, but whose answer was not waited for,
            // would run on unknown. A statement that is cancelled meanwhile cancels its job as soon as it knows it.
            if (!statement.isStopping()) {
                start().ifPresent(this::follow);
            }
            statement.finish();
        } catch (RuntimeException | LinkageError e) {
            fail(e, Code.SQL_INVALID);
        } finally {
            statement.onStop(() -> {});
            boolean unused = Thread.interrupted(); // the thread is the pool's
        }
    }

    private void fail(Throwable failure, Code code) {
        if (!statement.isStopping()) {
            LOG.debug("statement {} failed", statement.id(), failure);
        }
        GatewayException explained = SqlErrors.explain(failure, piece, code, new Suggestions(session));
        statement.fail(explained.problem());
    }

    /** Everything up to the answer, or to the start of a job that has to be followed. */
    private Optional<TableResultInternal> start() {
        session.lock().lock();
        try {
            Notices.Noticed<Optional<TableResultInternal>> planned =
                    Notices.during(() -> Mentions.during(session.catalogs(), List.of(piece), this::plan));
            statement.message(planned.notices().stream().distinct().reduce((some, more) -> some + " " + more));
            return planned.outcome();
        } finally {
            session.lock().unlock();
        }
    }

    private Optional<TableResultInternal> plan() {
        TableEnvironmentInternal environment = session.environment(options());
        zone = environment.getConfig().getLocalTimeZone();
        Parsed parsed = new StatementParser(session, environment, new Suggestions(session)).parse(piece);
        statement.kind(parsed.rule().kind());
        statement.permit(() -> session.metastore().authorize(parsed.uses()));
        session.metastore().use(parsed.uses());
        return switch (parsed.rule().type()) {
            case QUERY -> Optional.of(started(query(environment, parsed)));
            case SINK -> {
                statement.noTimer();
                yield Optional.of(started(environment.executeInternal(sinks(environment, parsed))));
            }
            case SETTING, TEMPORARY, CATALOG, INFO, REFUSED -> {
                answer(new Effects(session, environment).apply(parsed));
                yield Optional.empty();
            }
        };
    }

    /**
     * A query over bounded tables has one answer: it runs as a batch job, so that its rows come once and in their
     * order, unless the session says how it wants to run, or the query is one that only streaming plans can do.
     */
    private TableResultInternal query(TableEnvironmentInternal environment, Parsed parsed) {
        ends = Boundedness.ends(parsed.operation());
        if (ends && !session.settings().containsKey(ExecutionOptions.RUNTIME_MODE.key())) {
            Map<String, String> batch = options();
            batch.put(ExecutionOptions.RUNTIME_MODE.key(), RuntimeExecutionMode.BATCH.name());
            TableEnvironmentInternal once = session.environment(batch);
            endWithThisProcess(once);
            try {
                Parsed again = new StatementParser(session, once, new Suggestions(session)).parse(piece);
                return once.executeInternal(again.operation());
            } catch (TableException | ValidationException e) {
                LOG.debug("statement {} has no batch plan", statement.id(), e);
            }
        }
        endWithThisProcess(environment);
        return environment.executeInternal(parsed.operation());
    }

    private static void endWithThisProcess(TableEnvironmentInternal environment) {
        environment
                .getConfig()
                .set(DeploymentOptions.ATTACHED, true)
                .set(DeploymentOptions.SHUTDOWN_IF_ATTACHED, true)
                .set(ClientOptions.CLIENT_HEARTBEAT_TIMEOUT, SILENCE_LIMIT);
    }

    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        options.put(DML_SYNC, "false"); // we wait ourselves, without the lock and with the job's id known
        if (!session.settings().containsKey(PipelineOptions.NAME.key())) {
            options.put(PipelineOptions.NAME.key(), "sql: " + abbreviated(piece.text()));
        }
        return options;
    }

    private static String abbreviated(String sql) {
        String line = sql.replaceAll("\\s+", " ").strip();
        return line.length() <= 80 ? line : line.substring(0, 79) + "…";
    }

    private List<ModifyOperation> sinks(TableEnvironmentInternal environment, Parsed parsed) {
        if (parsed.operation() instanceof StatementSetOperation set) {
            return set.getOperations();
        }
        if (parsed.operation() instanceof CreateTableASOperation create) {
            return List.of(new TableAs(session, environment).prepare(create, parsed.piece(), statement));
        }
        return List.of((ModifyOperation) parsed.operation());
    }

    private TableResultInternal started(TableResultInternal result) {
        result.getJobClient().map(JobClient::getJobID).ifPresent(id -> statement.job(id.toString()));
        return result;
    }

    private void answer(Effects.Answer answer) {
        statement.columns(columns(answer.schema()));
        RowJson json = new RowJson(answer.schema(), zone);
        answer.rows().forEach(row -> statement.add(json.write(row)));
        statement.message(answer.message());
    }

    private void follow(TableResultInternal result) {
        if (Objects.requireNonNull(statement.view().kind()).equals("SELECT")) {
            fetch(result);
        } else if (statement.isCancelled()) {
            cancelNow(result);
        } else if (Boolean.parseBoolean(session.settings().get(DML_SYNC))) {
            await(result);
        } else {
            statement.message(Optional.of("The job was submitted and runs on; `SET '" + DML_SYNC
                    + "' = 'true'` waits for the end of such statements."));
        }
    }

    private void fetch(TableResultInternal result) {
        statement.columns(columns(result.getResolvedSchema()));
        RowJson json = new RowJson(result.getResolvedSchema(), zone);
        CloseableIterator<Row> rows = result.collect();
        Optional<ScheduledExecutorService> heartbeat = result.getJobClient()
                .map(job ->
                        ClientUtils.reportHeartbeatPeriodically(job, HEARTBEAT.toMillis(), SILENCE_LIMIT.toMillis()));
        // The iterator swallows interrupts while it waits for a row, and there may never be one: the end of the job
        // ends it.
        statement.onStop(() -> {
            var unused = cancel(result);
        });
        try {
            int count = 0;
            while (!statement.isStopping() && rows.hasNext()) {
                if (count == limits.rows()) {
                    stopAfter(count);
                } else if (json.bytes() > limits.bytes()) {
                    statement.stopAtLimit("Stopped after " + (limits.bytes() >> 20)
                            + " MB of result; select fewer columns or narrow the query.");
                } else {
                    statement.add(json.write(rows.next()));
                    count++;
                    if (!ends && count == limits.rows()) {
                        stopAfter(count); // the row that would show that there are more may never come
                    }
                }
            }
        } catch (RuntimeException e) {
            fail(e, Code.SQL_FAILED);
        } finally {
            heartbeat.ifPresent(ExecutorService::shutdownNow);
            close(result, rows);
        }
    }

    private void stopAfter(int count) {
        statement.stopAtLimit("Stopped after " + count + " rows; ask for more, or narrow the query.");
    }

    /** Closing an unfinished result cancels its job; a job that cannot be reached is not the statement's failure. */
    private void close(TableResultInternal result, CloseableIterator<Row> rows) {
        statement.onStop(() -> {});
        boolean unused = Thread.interrupted(); // else the requests that cancel the job would fail at once
        if (statement.isStopping()) {
            cancelNow(result);
        }
        try {
            rows.close();
        } catch (Exception e) {
            LOG.warn("the job of statement {} may still run", statement.id(), e);
        }
    }

    /** Waits for the cluster's answer: the session, which the request needs, may be closed after the statement's end. */
    private void cancelNow(TableResultInternal result) {
        cancel(result)
                .completeOnTimeout(null, CANCEL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Completes when the cluster has the request, or refused it. */
    private CompletableFuture<Void> cancel(TableResultInternal result) {
        boolean unused = Thread.interrupted();
        return result.getJobClient()
                .map(client -> client.cancel().exceptionally(e -> {
                    LOG.debug("job {} of statement {} was not cancelled", client.getJobID(), statement.id(), e);
                    return null;
                }))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private void await(TableResultInternal result) {
        statement.onStop(() -> {
            var unused = cancel(result);
        });
        try {
            result.await();
        } catch (InterruptedException e) {
            cancelNow(result);
        } catch (ExecutionException e) {
            fail(e, Code.SQL_FAILED);
        }
    }

    private static List<ResultColumn> columns(ResolvedSchema schema) {
        return schema.getColumns().stream()
                .map(column -> new ResultColumn(
                        column.getName(), column.getDataType().getLogicalType().asSummaryString()))
                .toList();
    }
}
