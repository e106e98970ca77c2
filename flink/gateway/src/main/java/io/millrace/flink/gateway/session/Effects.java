package io.millrace.flink.gateway.session;

import io.millrace.flink.catalog.References;
import io.millrace.flink.catalog.StatementText;
import io.millrace.flink.gateway.grant.AccessOperation;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.session.StatementParser.Parsed;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.internal.ShowCreateUtil;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogBaseTable.TableKind;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.ShowCreateTableOperation;
import org.apache.flink.table.operations.ShowCreateViewOperation;
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
        if (operation instanceof AccessOperation access) {
            return new Grants(session).apply(access);
        }
        Optional<Answer> ddl = showCreate(operation);
        if (ddl.isPresent()) {
            return ddl.get();
        }
        SessionObjects.Decision decision = objects.decide(operation);
        CatalogManager catalogs = session.catalogs();
        TemporaryObject made = new TemporaryObject(
                "", parsed.piece().text(), catalogs.getCurrentCatalog(), catalogs.getCurrentDatabase());
        TableResultInternal result =
                statement(parsed.piece()).during(() -> environment.executeInternal(decision.operation()));
        remember(decision.operation(), made);
        Optional<String> message = decision.message();
        return isOk(result)
                ? new Answer(ResolvedSchema.of(), List.of(), message)
                : new Answer(result.getResolvedSchema(), CollectionUtil.iteratorToList(result.collect()), message);
    }

    /** Makes the table of CREATE TABLE AS without filling it. */
    public CreateTableASOperation createOnly(CreateTableASOperation create, Piece piece) {
        CatalogManager catalogs = session.catalogs();
        CreateTableASOperation decided =
                (CreateTableASOperation) objects.decide(create).operation();
        TableResultInternal unused =
                statement(piece).during(() -> environment.executeInternal(decided.getCreateTableOperation()));
        remember(
                decided.getCreateTableOperation(),
                new TemporaryObject("", piece.text(), catalogs.getCurrentCatalog(), catalogs.getCurrentDatabase()));
        return decided;
    }

    private StatementText statement(Piece piece) {
        return new StatementText(piece.text());
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

    /** The statement that makes the same table again, where Millrace keeps it; a session's own is left to Flink. */
    private Optional<Answer> showCreate(Operation operation) {
        if (operation instanceof ShowCreateTableOperation show) {
            return ddl(show.getTableIdentifier(), TableKind.TABLE);
        }
        return operation instanceof ShowCreateViewOperation show
                ? ddl(show.getViewIdentifier(), TableKind.VIEW)
                : Optional.empty();
    }

    private Optional<Answer> ddl(ObjectIdentifier id, TableKind kind) {
        ContextResolvedTable table = environment.getCatalogManager().getTableOrError(id);
        CatalogBaseTable stored = table.getTable();
        if (stored.getTableKind() != kind
                || References.refOf(stored.getOptions()).isEmpty()) {
            return Optional.empty();
        }
        String text = table.isTemporary() && table.getResolvedTable() instanceof ResolvedCatalogTable own
                ? likeOurs(own, id)
                : session.metastore().ddl(id.getCatalogName(), id.getDatabaseName(), id.getObjectName());
        return Optional.of(new Answer(
                ResolvedSchema.of(Column.physical("result", DataTypes.STRING())),
                List.of(Row.of(text)),
                Optional.empty()));
    }

    /** CREATE TEMPORARY TABLE LIKE copies the reference of a table of ours. */
    private String likeOurs(ResolvedCatalogTable table, ObjectIdentifier id) {
        return ShowCreateUtil.buildShowCreateTableRow(
                table.copy(References.withoutReference(table.getOptions())),
                id,
                true,
                environment.getCatalogManager().getSqlFactory());
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
