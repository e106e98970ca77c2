package io.millrace.flink.gateway.session;

import static java.util.Objects.requireNonNull;

import io.millrace.api.catalog.TableKey;
import io.millrace.api.catalog.TableView;
import io.millrace.api.sql.ObjectRef;
import io.millrace.api.sql.ObjectUse;
import io.millrace.flink.catalog.FunctionClasses;
import io.millrace.flink.catalog.References;
import io.millrace.flink.catalog.StatementTables;
import io.millrace.flink.gateway.analysis.Touched;
import io.millrace.flink.gateway.lineage.TableRefs;
import io.millrace.flink.gateway.policy.LocalFiles;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ExplainOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.ddl.AlterCatalogFunctionOperation;
import org.apache.flink.table.operations.ddl.AlterTableChangeOperation;
import org.apache.flink.table.operations.ddl.AlterViewAsOperation;
import org.apache.flink.table.operations.ddl.CreateCatalogFunctionOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;
import org.apache.flink.table.operations.ddl.CreateTempSystemFunctionOperation;
import org.apache.flink.table.operations.ddl.CreateViewOperation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the server whether a statement may do what it does, with the operation that will run and before it does. What
 * changes a catalog is decided by the catalog itself.
 */
final class Permit {
    /** What neither reads nor writes anything. */
    private static final Set<String> HARMLESS = Set.of("datagen", "print", "blackhole", "millrace-draft");

    private static final ObjectUse INLINE = new ObjectUse("SERVER", "", "", "", null, "INLINE_CONNECTOR");

    private final SqlSession session;
    private final TableEnvironmentInternal environment;

    Permit(SqlSession session, TableEnvironmentInternal environment) {
        this.session = requireNonNull(session, "session");
        this.environment = requireNonNull(environment, "environment");
    }

    /**
     * Fails with ACCESS_DENIED, which names what is missing.
     *
     * @return what was asked, and allowed
     */
    List<ObjectUse> require(Operation statement) {
        List<ObjectUse> uses = new ArrayList<>();
        Map<TableKey, TableView> planned = StatementTables.take();
        Optional<Operation> data = data(statement);
        data.ifPresent(operation -> {
            Touched touched = Touched.by(operation);
            touched.reads().forEach(table -> use(table, "READ", uses));
            touched.writes().forEach(table -> use(table, "WRITE", uses));
            if (operation instanceof CreateTableASOperation create) {
                existing(create).ifPresent(table -> use(table, "WRITE", uses));
            }
            functions(touched, uses);
            touched.ownOptions().forEach(options -> inline(options, uses));
            views(planned, uses);
            views(StatementTables.take(), uses);
        });
        if (statement instanceof CreateTableOperation) {
            planned.forEach((key, source) -> uses.add(read(key, source))); // what LIKE copies
        }
        made(statement instanceof ExplainOperation explain ? explain.getChild() : statement, uses);
        List<ObjectUse> distinct = uses.stream().distinct().toList();
        session.metastore().authorize(distinct);
        return distinct;
    }

    /** What reads or writes rows: the statement, or the query that it stores. */
    private Optional<Operation> data(Operation operation) {
        if (operation instanceof CreateViewOperation create) {
            return Optional.of(parsed(create.getCatalogView().getExpandedQuery()));
        }
        if (operation instanceof AlterViewAsOperation alter) {
            return Optional.of(parsed(alter.getNewView().getExpandedQuery()));
        }
        boolean touches = operation instanceof QueryOperation
                || operation instanceof ModifyOperation
                || operation instanceof StatementSetOperation
                || operation instanceof ExplainOperation;
        return touches ? Optional.of(operation) : Optional.empty();
    }

    private Operation parsed(String query) {
        return environment.getParser().parse(query).get(0);
    }

    /** The table that CREATE TABLE IF NOT EXISTS … AS does not make but writes to. */
    private Optional<ObjectRef> existing(CreateTableASOperation create) {
        return environment
                .getCatalogManager()
                .getTable(create.getCreateTableOperation().getTableIdentifier())
                .map(TableRefs::of);
    }

    private static void use(ObjectRef table, String privilege, List<ObjectUse> uses) {
        if (table.ref() != null) {
            uses.add(new ObjectUse("TABLE", table.catalog(), table.database(), table.name(), table.ref(), privilege));
        }
    }

    private static void views(Map<TableKey, TableView> handedOut, List<ObjectUse> uses) {
        handedOut.forEach((key, table) -> {
            if (table.definition().view() != null) {
                uses.add(read(key, table));
            }
        });
    }

    private static ObjectUse read(TableKey key, TableView view) {
        return new ObjectUse("TABLE", key.catalog(), key.database(), key.table(), view.ref(), "READ");
    }

    private static void functions(Touched touched, List<ObjectUse> uses) {
        for (List<String> path : touched.functionPaths()) {
            if (path.get(0).equals(SessionContexts.IN_MEMORY_CATALOG)) {
                continue;
            }
            uses.add(new ObjectUse("FUNCTION", path.get(0), path.get(1), path.get(2), null, "EXECUTE"));
        }
    }

    /** What a statement makes for the session with connectors or classes of its own choice. */
    private void made(Operation operation, List<ObjectUse> uses) {
        if (operation instanceof CreateTableOperation create) {
            inline(ownOptions(create), uses);
        } else if (operation instanceof CreateTableASOperation create) {
            inline(ownOptions(create.getCreateTableOperation()), uses);
        } else if (operation instanceof AlterTableChangeOperation alter) {
            inline(ownOptions(alter), uses);
        }
        boolean ownClass = (operation instanceof CreateTempSystemFunctionOperation function
                        && isOwn(function.getCatalogFunction()))
                || (operation instanceof CreateCatalogFunctionOperation create && isOwn(create.getCatalogFunction()))
                || (operation instanceof AlterCatalogFunctionOperation alter && isOwn(alter.getCatalogFunction()));
        if (ownClass) {
            uses.add(INLINE);
        }
    }

    /** The options of a table that no catalog keeps; none if one does. */
    private Map<String, String> ownOptions(CreateTableOperation create) {
        Operation decided =
                new SessionObjects(session, environment).decide(create).operation();
        Map<String, String> options = create.getCatalogTable().getOptions();
        boolean kept = decided instanceof CreateTableOperation table
                && !table.isTemporary()
                && !SessionContexts.IN_MEMORY_CATALOG.equals(
                        create.getTableIdentifier().getCatalogName());
        return kept || References.refOf(options).isPresent() ? Map.of() : options;
    }

    private static Map<String, String> ownOptions(AlterTableChangeOperation alter) {
        boolean kept = !SessionContexts.IN_MEMORY_CATALOG.equals(
                alter.getTableIdentifier().getCatalogName());
        return kept ? Map.of() : alter.getNewTable().getOptions();
    }

    /** A table that names its connector takes the privilege to, and its files are where the server allows them. */
    private static void inline(Map<String, String> options, List<ObjectUse> uses) {
        String connector = options.get(References.CONNECTOR);
        if (connector == null || HARMLESS.contains(connector)) {
            return;
        }
        uses.add(INLINE);
        LocalFiles.of(options)
                .forEach((option, file) -> uses.add(new ObjectUse("FILE", "", "", file.toString(), null, option)));
    }

    private static boolean isOwn(CatalogFunction function) {
        return !FunctionClasses.isOffered(function);
    }
}
