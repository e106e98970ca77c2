package io.millrace.flink.gateway.session;

import io.millrace.flink.catalog.DraftCatalog;
import io.millrace.flink.catalog.FunctionClasses;
import io.millrace.flink.catalog.References;
import io.millrace.flink.gateway.analysis.Touched;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.FunctionLanguage;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.ddl.AlterCatalogFunctionOperation;
import org.apache.flink.table.operations.ddl.CreateCatalogFunctionOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;
import org.apache.flink.table.operations.ddl.CreateTempSystemFunctionOperation;
import org.apache.flink.table.operations.ddl.CreateViewOperation;
import org.apache.flink.table.operations.ddl.DropCatalogFunctionOperation;
import org.apache.flink.table.operations.ddl.DropTableOperation;
import org.apache.flink.table.operations.ddl.DropViewOperation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a CREATE or DROP means here, so that a script for Flink's own SQL client runs unchanged.
 *
 * <p>There, the current catalog is in memory: whatever a script creates lives as long as the session, and tables name
 * their connectors. Here the current catalog is {@code warehouse}, which keeps tables for good and fills in the
 * connector itself. So, in that catalog, a table that names a connector of its own, a view over temporary objects,
 * and a function of a class that no list offers become temporary objects of the same full name, and the answer says so.
 * A table without a connector is kept by the catalog, and so is a function of an offered class. DROP takes such an object back without TEMPORARY. In the other catalogs nothing is turned
 * into something else: a connector named there is an error that the server explains.
 */
public final class SessionObjects {
    private final SqlSession session;
    private final TableEnvironmentInternal environment;

    public SessionObjects(SqlSession session, TableEnvironmentInternal environment) {
        this.session = session;
        this.environment = environment;
    }

    /** The operation to be executed instead, with what to tell the user about it. */
    public record Decision(Operation operation, Optional<String> message) {}

    public Decision decide(Operation operation) {
        if (operation instanceof CreateTableOperation table) {
            return table(table);
        } else if (operation instanceof CreateTableASOperation table) {
            return tableAs(table);
        } else if (operation instanceof CreateViewOperation view) {
            return view(view);
        } else if (operation instanceof CreateCatalogFunctionOperation function) {
            return function(function);
        } else if (operation instanceof CreateTempSystemFunctionOperation function) {
            onTheClassPath(function.getCatalogFunction());
            refuseToShadowFunction(function.getFunctionName());
        } else if (operation instanceof DropTableOperation drop && takesBack(drop.getTableIdentifier(), drop)) {
            return unchanged(new DropTableOperation(drop.getTableIdentifier(), drop.isIfExists(), true));
        } else if (operation instanceof DropViewOperation drop && takesBack(drop.getViewIdentifier(), drop)) {
            return unchanged(new DropViewOperation(drop.getViewIdentifier(), drop.isIfExists(), true));
        } else if (operation instanceof AlterCatalogFunctionOperation alter) {
            onTheClassPath(alter.getCatalogFunction());
        } else if (operation instanceof DropCatalogFunctionOperation drop && !drop.isTemporary()) {
            return dropFunction(drop);
        }
        return unchanged(operation);
    }

    private Decision table(CreateTableOperation create) {
        ObjectIdentifier id = create.getTableIdentifier();
        Map<String, String> options = create.getCatalogTable().getOptions();
        if (create.isTemporary()) {
            refuseToShadow(id);
        }
        if (create.isTemporary() || !namesItsConnector(id, options)) {
            return unchanged(
                    create.isTemporary()
                            ? new CreateTableOperation(
                                    id, withoutStaleReference(create), create.isIgnoreIfExists(), true)
                            : create);
        }
        if (create.isIgnoreIfExists() && permanentExists(id)) {
            return unchanged(create); // the catalog makes nothing
        }
        refuseToShadow(id);
        return new Decision(
                new CreateTableOperation(id, withoutStaleReference(create), create.isIgnoreIfExists(), true),
                Optional.of("Table " + id.asSummaryString() + " names its own connector '"
                        + options.get(References.CONNECTOR) + "', so it lives as long as this session. Leave"
                        + " 'connector' out to have catalog '" + id.getCatalogName() + "' keep it."));
    }

    /** CREATE TABLE LIKE copies the reference of a table of ours, which no other connector understands. */
    private static ResolvedCatalogTable withoutStaleReference(CreateTableOperation create) {
        ResolvedCatalogTable table = create.getCatalogTable();
        if (References.refOf(table.getOptions()).isPresent()
                || !table.getOptions().containsKey(References.REF)) {
            return table;
        }
        Map<String, String> options = new LinkedHashMap<>(table.getOptions());
        options.remove(References.REF);
        return table.copy(options);
    }

    private Decision tableAs(CreateTableASOperation create) {
        CreateTableOperation table = create.getCreateTableOperation();
        Decision decision = table(table);
        if (decision.operation() == table) {
            return unchanged(create);
        }
        return new Decision(
                new CreateTableASOperation(
                        (CreateTableOperation) decision.operation(),
                        create.getSinkModifyStaticPartitions(),
                        create.getChild(),
                        create.getSinkModifyOverwrite()),
                decision.message());
    }

    private boolean namesItsConnector(ObjectIdentifier id, Map<String, String> options) {
        String connector = options.get(References.CONNECTOR);
        return isHome(id) && connector != null && References.refOf(options).isEmpty();
    }

    private static boolean isHome(ObjectIdentifier id) {
        return id.getCatalogName().equals(SessionContexts.HOME_CATALOG);
    }

    private Decision view(CreateViewOperation create) {
        ObjectIdentifier id = create.getViewIdentifier();
        if (create.isTemporary()) {
            refuseToShadow(id);
        }
        if (create.isTemporary() || isInMemory(id)) {
            return unchanged(create);
        }
        Touched touched = Touched.by(environment
                .getParser()
                .parse(create.getCatalogView().getExpandedQuery())
                .get(0));
        Optional<String> temporary = touched.firstTemporary();
        if (temporary.isEmpty()) {
            return unchanged(create);
        }
        if (!isHome(id)) {
            throw new GatewayException(
                    Code.SQL_INVALID,
                    "View " + id.asSummaryString() + " would outlive the temporary object " + temporary.get()
                            + " that it reads; write CREATE TEMPORARY VIEW.");
        }
        if (create.isIgnoreIfExists() && permanentExists(id)) {
            return unchanged(create);
        }
        refuseToShadow(id);
        return new Decision(
                new CreateViewOperation(id, create.getCatalogView(), create.isIgnoreIfExists(), true),
                Optional.of("View " + id.asSummaryString() + " reads the temporary object " + temporary.get()
                        + ", so it lives as long as this session."));
    }

    private Decision function(CreateCatalogFunctionOperation create) {
        CatalogFunction function = create.getCatalogFunction();
        onTheClassPath(function);
        ObjectIdentifier id = create.getFunctionIdentifier();
        if (create.isTemporary() && functionExists(id)) {
            throw taken("function " + id.asSummaryString());
        }
        if (create.isTemporary() || isInMemory(id)) {
            return unchanged(create);
        }
        FunctionClasses.checkClass(function);
        if (FunctionClasses.isOffered(function) || !isHome(id) || functionExists(id)) {
            return unchanged(create); // the catalog refuses what it cannot keep
        }
        return new Decision(
                new CreateCatalogFunctionOperation(id, function, create.isIgnoreIfExists(), true),
                Optional.of("No list of functions offers class '" + function.getClassName() + "', so "
                        + id.asSummaryString() + " lives as long as this session."));
    }

    private static void onTheClassPath(CatalogFunction function) {
        if (function.getFunctionLanguage() == FunctionLanguage.PYTHON) {
            throw new GatewayException(Code.SQL_REFUSED, "Functions in Python are not run here.");
        }
        if (!function.getFunctionResources().isEmpty()) {
            throw new GatewayException(Code.SQL_REFUSED, FunctionClasses.NO_JARS);
        }
    }

    private Decision dropFunction(DropCatalogFunctionOperation drop) {
        ObjectIdentifier id = drop.getFunctionIdentifier();
        boolean takesBack = session.remembers(TemporaryObject.functionKey(id.asSummaryString())) && !functionExists(id);
        return takesBack ? unchanged(new DropCatalogFunctionOperation(id, drop.isIfExists(), true)) : unchanged(drop);
    }

    private boolean functionExists(ObjectIdentifier id) {
        return catalogs()
                .getCatalog(id.getCatalogName())
                .map(catalog -> catalog.functionExists(id.toObjectPath()))
                .orElse(false);
    }

    /** A temporary object of this name exists and nothing permanent does: DROP can only mean the former. */
    private boolean takesBack(ObjectIdentifier id, Operation drop) {
        boolean temporary = drop instanceof DropTableOperation table
                ? table.isTemporary()
                : ((DropViewOperation) drop).isTemporary();
        return !temporary && catalogs().isTemporaryTable(id) && !permanentExists(id);
    }

    /** Who reads a temporary object by the name of a kept one takes it for that. */
    private void refuseToShadow(ObjectIdentifier id) {
        if (permanentExists(id)) {
            throw taken("table or view " + id.asSummaryString());
        }
    }

    private void refuseToShadowFunction(String name) {
        if (session.hasBuiltIn(name)) {
            throw taken("function " + name);
        }
    }

    private static GatewayException taken(String what) {
        return new GatewayException(Code.SQL_INVALID, "There is a " + what + " already; drop it or take another name.");
    }

    private boolean permanentExists(ObjectIdentifier id) {
        return catalogs()
                .getCatalog(id.getCatalogName())
                .map(catalog -> catalog.tableExists(id.toObjectPath()))
                .orElse(false);
    }

    private boolean isInMemory(ObjectIdentifier id) {
        return catalogs().getCatalog(id.getCatalogName()).stream().anyMatch(SessionObjects::isInMemory);
    }

    private static boolean isInMemory(Catalog catalog) {
        return catalog instanceof GenericInMemoryCatalog
                || (catalog instanceof DraftCatalog draft && isInMemory(draft.real()));
    }

    private CatalogManager catalogs() {
        return session.catalogs();
    }

    private static Decision unchanged(Operation operation) {
        return new Decision(operation, Optional.empty());
    }
}
