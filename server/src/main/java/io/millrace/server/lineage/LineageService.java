package io.millrace.server.lineage;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.FunctionPath;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.error.Nearest;
import io.millrace.core.lineage.Callers;
import io.millrace.core.lineage.Dependent;
import io.millrace.core.lineage.Dependents;
import io.millrace.core.lineage.Direction;
import io.millrace.core.lineage.Flow;
import io.millrace.core.lineage.Flows;
import io.millrace.core.lineage.LineageGraph;
import io.millrace.core.lineage.LineageTable;
import io.millrace.core.lineage.LineageWalk;
import io.millrace.core.lineage.MadeFlow;
import io.millrace.core.lineage.Maker;
import io.millrace.core.sql.ScriptAnalysis;
import io.millrace.core.sql.ScriptStatement;
import io.millrace.core.sql.SqlGateway;
import io.millrace.core.sql.StatementClass;
import io.millrace.core.sql.TableUse;
import io.millrace.server.access.Guard;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Use cases on lineage. */
public final class LineageService implements Dependents, Callers {
    private static final Logger LOG = Logger.getLogger(LineageService.class);
    private static final int BATCH = 20;
    private static final int MOST_DEPTH = 50;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    private static final Duration LAST_RETRY = Duration.ofHours(1);

    private final SqlFlows flows;
    private final SqlBacklog backlog;
    private final SqlGateway gateway;
    private final Guard guard;
    private final Clock clock;

    LineageService(SqlFlows flows, SqlBacklog backlog, SqlGateway gateway, Guard guard, Clock clock) {
        this.flows = flows;
        this.backlog = backlog;
        this.gateway = gateway;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * Keeps the lineage of a job's version in place of what was known of it. Never fails: what cannot be kept now is
     * analysed again later.
     */
    public void record(Maker job, ScriptAnalysis analysis) {
        try {
            keep(job, Optional.empty(), analysis);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "The lineage of job %s, version %d, is not kept yet: %s",
                    job.name(), job.version(), e.getMessage());
        }
    }

    /** {@code view} is what the flow's target stands for, if a view is analysed. */
    private void keep(Maker maker, Optional<LineageTable> view, ScriptAnalysis analysis) {
        List<MadeFlow> made = new ArrayList<>();
        Set<String> functions = new TreeSet<>();
        for (ScriptStatement statement : analysis.statements()) {
            List<Flow> found = statement.flows();
            if (maker.kind() == Maker.Kind.JOB && statement.type() != StatementClass.SINK) {
                continue; // a temporary view, which is expanded where it is used
            }
            functions.addAll(statement.functions());
            if (found.isEmpty()) {
                found = unknown(statement);
            }
            for (Flow flow : found) {
                made.add(
                        new MadeFlow(maker, made.size(), statement.line(), flow.of(maker, view.orElse(flow.target()))));
            }
        }
        flows.replace(maker, made, functions, clock.instant());
    }

    /** A gateway that says nothing about columns. */
    private static List<Flow> unknown(ScriptStatement statement) {
        List<Flow.Input> inputs = statement.reads().stream()
                .map(use -> new Flow.Input(table(use), false, List.of()))
                .toList();
        return statement.writes().stream()
                .map(use -> new Flow(
                        table(use), inputs, List.of(), List.of(), List.of("The gateway gave no lineage of columns.")))
                .toList();
    }

    private static LineageTable table(TableUse use) {
        Optional<TableId> id = use.ref().flatMap(TableRef::parse).map(TableRef::id);
        return LineageTable.of(id, use.catalog(), use.database(), use.name(), use.temporary());
    }

    /** Analyses what is due; answers how much that was. What fails is tried again later, ever more rarely. */
    int catchUp() {
        flows.adopt();
        List<SqlBacklog.Task> tasks = backlog.due(clock.instant(), BATCH);
        for (SqlBacklog.Task task : tasks) {
            try {
                ScriptAnalysis analysis = gateway.analyse(task.script());
                if (analysis.valid()) {
                    keep(task.maker(), task.view(), analysis);
                } else {
                    failed(task, analysis.errors().get(0).message());
                }
            } catch (MillraceException e) {
                if (e.code() == ErrorCode.GATEWAY_UNAVAILABLE || e.code() == ErrorCode.METASTORE_UNAVAILABLE) {
                    throw e; // says nothing about the script
                }
                failed(task, String.valueOf(e.getMessage()));
            }
        }
        return tasks.size();
    }

    private void failed(SqlBacklog.Task task, String reason) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(task.failures(), 10));
        Instant now = clock.instant();
        Instant retry = now.plus(wait.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : wait);
        flows.failed(task.maker(), "The analysis failed: " + reason, task.failures() + 1, retry, now);
    }

    LineageGraph graph(TablePath path, Direction direction, int depth, Set<String> columns) {
        if (depth < 1 || depth > MOST_DEPTH) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID,
                    "depth must be from 1 to " + MOST_DEPTH + ", not " + depth + ".",
                    List.of(Flaw.at("/depth", "out of range")));
        }
        LineageTable table = table(path);
        check(table, columns, "/columns");
        LineageGraph graph = LineageWalk.walk(visible(), table, direction, depth, columns);
        return new LineageGraph(
                graph.tables(), graph.flows(), graph.edges(), graph.truncated(), reasons(graph.reasons()));
    }

    /** Who would notice that a table, or some columns of it, went away. */
    List<Dependent> impact(TablePath path, Set<String> columns) {
        LineageTable table = table(path);
        check(table, columns, "/column");
        return Dependent.among(visible().from(Set.of(table.key())), table.key(), columns);
    }

    private VisibleFlows visible() {
        return new VisibleFlows(flows, guard.rights());
    }

    /** Columns that are gone may be asked for, by the name that answers give them. */
    private void check(LineageTable table, Set<String> columns, String pointer) {
        Collection<String> known = flows.columns(table.key());
        for (String column : columns) {
            if (!known.isEmpty() && !known.contains(column) && !column.endsWith(Flows.GONE)) {
                String message = "There is no column '" + column + "' in '" + table.path() + "'.";
                String hint = Nearest.to(column, List.copyOf(known))
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("SHOW CREATE TABLE lists its columns.");
                throw new MillraceException(
                        ErrorCode.REQUEST_INVALID, message + " " + hint, List.of(Flaw.at(pointer, message, hint)));
            }
        }
    }

    List<String> reasons(List<String> known) {
        Set<String> reasons = new LinkedHashSet<>(known);
        if (guard.rights().all()) {
            reasons.addAll(backlog.failures());
        }
        return List.copyOf(reasons);
    }

    @Override
    public List<Dependent> of(TableId table, Set<String> columns) {
        return Dependent.among(flows.from(Set.of(table.value())), table.value(), columns);
    }

    @Override
    public List<Dependent> of(CatalogName catalog, Optional<DatabaseName> database) {
        Set<String> tables = flows.tables(catalog.value(), database.map(DatabaseName::value));
        String here =
                catalog.value() + "." + database.map(name -> name.value() + ".").orElse("");
        List<MadeFlow> readers = flows.from(tables);
        return tables.stream()
                .flatMap(table -> Dependent.among(readers, table, Set.of()).stream())
                .filter(reader -> reader.maker().kind() == Maker.Kind.JOB
                        || !reader.maker().name().startsWith(here))
                .toList();
    }

    @Override
    public List<Maker> of(FunctionPath function) {
        return flows.callers(function.toString());
    }

    /** Also a table that is only spoken of: one that was dropped, or that a job is still to create. */
    private LineageTable table(TablePath path) {
        String catalog = path.parent().catalog().value();
        String database = path.parent().database().value();
        String name = path.table().value();
        String full = catalog + "." + database + "." + name;
        String key = flows.key(catalog, database, name)
                .filter(found ->
                        guard.finds(VisibleFlows.object(new LineageTable(found, catalog, database, name, false))))
                .orElse(full); // what is hidden is looked for as long as what is missing
        LineageTable table = new LineageTable(key, catalog, database, name, false);
        boolean unknown = key.equals(full)
                && visible().into(Set.of(full)).isEmpty()
                && visible().from(Set.of(full)).isEmpty();
        if (unknown || !visible().isVisible(table)) {
            throw new MillraceException(
                    ErrorCode.TABLE_NOT_FOUND, "There is no table '" + full + "', and no job speaks of it.");
        }
        return table;
    }
}
