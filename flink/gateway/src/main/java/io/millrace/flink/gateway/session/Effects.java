package io.millrace.flink.gateway.session;

import io.millrace.flink.catalog.Notices;
import io.millrace.flink.catalog.References;
import io.millrace.flink.catalog.StatementText;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.session.StatementParser.Parsed;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.internal.ShowCreateUtil;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogBaseTable;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.ShowCreateTableOperation;
import org.apache.flink.table.operations.command.ResetOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.apache.flink.table.operations.ddl.CreateCatalogFunctionOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;
import org.apache.flink.table.operations.ddl.CreateTempSystemFunctionOperation;
import org.apache.flink.table.operations.ddl.CreateViewOperation;
import org.apache.flink.table.operations.ddl.DropCatalogFunctionOperation;
import org.apache.flink.table.operations.ddl.DropTableOperation;
import org.apache.flink.table.operations.ddl.DropTempSystemFunctionOperation;
import org.apache.flink.table.operations.ddl.DropViewOperation;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Executes the statements that start no job: settings, temporary objects, the catalog's, and questions. */
public final class Effects {
    private final SqlSession session;
    private final TableEnvironmentInternal environment;
    private final SessionObjects objects;

    public Effects(SqlSession session, TableEnvironmentInternal environment) {
        this.session = session;
        this.environment = environment;
        this.objects = new SessionObjects(session, environment);
    }

    /** What a statement answers at once. */
    public record Answer(ResolvedSchema schema, List<Row> rows, Optional<String> message) {
        static Answer nothing() {
            return new Answer(ResolvedSchema.of(), List.of(), Optional.empty());
        }
    }

    /** Carries it out. Temporary objects and settings stay in the session, all else in the catalog. */
    public Answer apply(Parsed parsed) {
        Operation operation = parsed.operation();
        if (operation instanceof SetOperation set) {
            return set(set);
        }
        if (operation instanceof ResetOperation reset) {
            reset.getKey().ifPresentOrElse(key -> session.reset(key.trim()), session::resetAll);
            return Answer.nothing();
        }
        if (operation instanceof ShowCreateTableOperation show) {
            return showCreateTable(show.getTableIdentifier());
        }
        SessionObjects.Decision decision = objects.decide(operation);
        CatalogManager catalogs = session.catalogs();
        TemporaryObject made = new TemporaryObject(
                "", parsed.piece().text(), catalogs.getCurrentCatalog(), catalogs.getCurrentDatabase());
        Notices.Noticed<TableResultInternal> noticed = Notices.during(() ->
                StatementText.during(parsed.piece().text(), () -> environment.executeInternal(decision.operation())));
        TableResultInternal result = noticed.outcome();
        remember(decision.operation(), made);
        Optional<String> message = message(decision, noticed.notices());
        return isOk(result)
                ? new Answer(ResolvedSchema.of(), List.of(), message)
                : new Answer(result.getResolvedSchema(), CollectionUtil.iteratorToList(result.collect()), message);
    }

    private static Optional<String> message(SessionObjects.Decision decision, List<String> notices) {
        List<String> sentences = new ArrayList<>();
        decision.message().ifPresent(sentences::add);
        sentences.addAll(notices);
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }

    /** Makes the table of CREATE TABLE AS without filling it. */
    public CreateTableASOperation createOnly(CreateTableASOperation create, Piece piece) {
        CatalogManager catalogs = session.catalogs();
        CreateTableASOperation decided =
                (CreateTableASOperation) objects.decide(create).operation();
        TableResultInternal unused = StatementText.during(
                piece.text(), () -> environment.executeInternal(decided.getCreateTableOperation()));
        remember(
                decided.getCreateTableOperation(),
                new TemporaryObject("", piece.text(), catalogs.getCurrentCatalog(), catalogs.getCurrentDatabase()));
        return decided;
    }

    private static boolean isOk(TableResultInternal result) {
        return result.getResultKind() == ResultKind.SUCCESS;
    }

    private Answer set(SetOperation set) {
        if (set.getKey().isPresent() && set.getValue().isPresent()) {
            session.set(set.getKey().get().trim(), set.getValue().get().trim());
            return Answer.nothing();
        }
        List<Row> rows = new ArrayList<>();
        new TreeMap<>(session.settings()).forEach((key, value) -> rows.add(Row.of(key, value)));
        return new Answer(
                ResolvedSchema.of(
                        Column.physical("key", DataTypes.STRING()), Column.physical("value", DataTypes.STRING())),
                rows,
                rows.isEmpty() ? Optional.of("Nothing is set in this session.") : Optional.empty());
    }

    /** As Flink prints it, without the reference that stands for the platform's options. */
    private Answer showCreateTable(ObjectIdentifier id) {
        CatalogManager catalogs = environment.getCatalogManager();
        ContextResolvedTable table = catalogs.getTableOrError(id);
        ResolvedCatalogBaseTable<?> shown = table.getResolvedTable();
        if (shown instanceof ResolvedCatalogTable stored
                && References.refOf(stored.getOptions()).isPresent()) {
            Map<String, String> options = References.withoutReference(stored.getOptions());
            shown = stored.copy(options);
        }
        String text = ShowCreateUtil.buildShowCreateTableRow(shown, id, table.isTemporary(), catalogs.getSqlFactory());
        return new Answer(
                ResolvedSchema.of(Column.physical("result", DataTypes.STRING())),
                List.of(Row.of(text)),
                Optional.empty());
    }

    private void remember(Operation operation, TemporaryObject made) {
        if (operation instanceof CreateTableOperation table && table.isTemporary()) {
            keep(TemporaryObject.tableKey(table.getTableIdentifier().asSummaryString()), made);
        } else if (operation instanceof CreateViewOperation view && view.isTemporary()) {
            keep(TemporaryObject.tableKey(view.getViewIdentifier().asSummaryString()), made);
        } else if (operation instanceof CreateCatalogFunctionOperation function && function.isTemporary()) {
            keep(TemporaryObject.functionKey(function.getFunctionIdentifier().asSummaryString()), made);
        } else if (operation instanceof CreateTempSystemFunctionOperation function) {
            keep(TemporaryObject.functionKey(function.getFunctionName()), made);
        } else if (operation instanceof DropTableOperation table && table.isTemporary()) {
            session.forget(TemporaryObject.tableKey(table.getTableIdentifier().asSummaryString()));
        } else if (operation instanceof DropViewOperation view && view.isTemporary()) {
            session.forget(TemporaryObject.tableKey(view.getViewIdentifier().asSummaryString()));
        } else if (operation instanceof DropCatalogFunctionOperation function && function.isTemporary()) {
            session.forget(
                    TemporaryObject.functionKey(function.getFunctionIdentifier().asSummaryString()));
        } else if (operation instanceof DropTempSystemFunctionOperation function) {
            session.forget(TemporaryObject.functionKey(function.getFunctionName()));
        }
    }

    private void keep(String key, TemporaryObject made) {
        session.remember(new TemporaryObject(key, made.sql(), made.catalog(), made.database()));
    }
}
