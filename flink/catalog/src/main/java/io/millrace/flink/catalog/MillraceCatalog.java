package io.millrace.flink.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.api.catalog.DatabaseView;
import io.millrace.api.catalog.FunctionView;
import io.millrace.api.catalog.NewDatabase;
import io.millrace.api.catalog.TableDefinition;
import io.millrace.api.catalog.TableKind;
import io.millrace.api.catalog.TableSummary;
import io.millrace.api.catalog.TableView;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogFunctionImpl;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.FunctionAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.factories.Factory;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A catalog of the server, seen by Flink. Remembers nothing beyond a statement: instances live as long as their session, while the
 * tables change elsewhere. Used by several threads.
 *
 * <p>A table carries what the user set plus {@code connector} and {@code ref}; the real connector's options come
 * only when {@link MillraceTableFactory} asks for them.
 */
final class MillraceCatalog extends PlainCatalog {
    private static final String DEFAULT_DATABASE = "default";
    private static final Factory TABLES = new MillraceTableFactory();

    private final MetastoreClient metastore;

    MillraceCatalog(String name, MetastoreClient metastore) {
        super(name);
        this.metastore = requireNonNull(metastore, "metastore");
    }

    /** The one that Flink would find under {@code millrace}, after looking through the class path for each table. */
    @Override
    public Optional<Factory> getFactory() {
        return Optional.of(TABLES);
    }

    @Override
    public void open() {}

    @Override
    public void close() {}

    /** {@code default} where there is one; else the first database, such as the only connection of {@code kafka}. */
    @Override
    public String getDefaultDatabase() {
        List<String> names = listDatabases();
        return names.isEmpty() || names.contains(DEFAULT_DATABASE) ? DEFAULT_DATABASE : names.get(0);
    }

    @Override
    public List<String> listDatabases() {
        return metastore.databases(name()).stream().map(DatabaseView::name).toList();
    }

    @Override
    public CatalogDatabase getDatabase(String database) throws DatabaseNotExistException {
        return findDatabase(database)
                .map(view -> new CatalogDatabaseImpl(Map.of(), view.comment()))
                .orElseThrow(() -> new DatabaseNotExistException(name(), database));
    }

    @Override
    public boolean databaseExists(@Nullable String database) {
        return database != null
                && StatementTables.hasDatabase(
                        metastore,
                        name(),
                        database,
                        () -> findDatabase(database).isPresent());
    }

    @Override
    public void createDatabase(String database, CatalogDatabase definition, boolean ignoreIfExists)
            throws DatabaseAlreadyExistException {
        if (!definition.getProperties().isEmpty()) {
            throw new CatalogException("Databases of catalog '" + name() + "' take no properties; leave out WITH.");
        }
        try {
            metastore.createDatabase(name(), new NewDatabase(database, definition.getComment()));
        } catch (MetastoreException e) {
            if (!e.is("DATABASE_EXISTS")) {
                throw e;
            }
            if (!ignoreIfExists) {
                throw new DatabaseAlreadyExistException(name(), database);
            }
        }
    }

    @Override
    public void dropDatabase(String database, boolean ignoreIfNotExists, boolean cascade)
            throws DatabaseNotExistException, DatabaseNotEmptyException {
        try {
            metastore.dropDatabase(name(), database, cascade);
        } catch (MetastoreException e) {
            if (e.is("DATABASE_NOT_EMPTY")) {
                throw new DatabaseNotEmptyException(name(), database);
            }
            if (!e.is("DATABASE_NOT_FOUND")) {
                throw e;
            }
            if (!ignoreIfNotExists) {
                throw new DatabaseNotExistException(name(), database);
            }
        }
    }

    @Override
    public void alterDatabase(String database, CatalogDatabase definition, boolean ignoreIfNotExists) {
        throw new CatalogException("Databases of catalog '" + name() + "' have no properties that could be altered.");
    }

    @Override
    public List<String> listTables(String database) throws DatabaseNotExistException {
        return summaries(database).stream().map(TableSummary::name).toList();
    }

    @Override
    public List<String> listViews(String database) throws DatabaseNotExistException {
        return summaries(database).stream()
                .filter(table -> table.kind() == TableKind.VIEW)
                .map(TableSummary::name)
                .toList();
    }

    @Override
    public List<String> listMaterializedTables(String database) {
        return List.of();
    }

    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
        return Definitions.toFlink(findTable(path).orElseThrow(() -> new TableNotExistException(name(), path)));
    }

    @Override
    public boolean tableExists(ObjectPath path) {
        return findTable(path).isPresent();
    }

    @Override
    public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws TableAlreadyExistException, DatabaseNotExistException {
        TableDefinition definition = Definitions.fromFlink(path.getObjectName(), table);
        try {
            metastore.createTable(name(), path.getDatabaseName(), definition);
        } catch (MetastoreException e) {
            if (e.is("DATABASE_NOT_FOUND")) {
                throw new DatabaseNotExistException(name(), path.getDatabaseName());
            }
            if (!e.is("TABLE_EXISTS")) {
                throw e;
            }
            if (!ignoreIfExists) {
                throw new TableAlreadyExistException(name(), path);
            }
        }
    }

    @Override
    public void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists)
            throws TableNotExistException {
        alterTable(path, table, List.of(), ignoreIfNotExists);
    }

    @Override
    public void alterTable(
            ObjectPath path, CatalogBaseTable table, List<TableChange> changes, boolean ignoreIfNotExists)
            throws TableNotExistException {
        TableChanges.check(changes);
        TableDefinition next = Definitions.fromFlink(path.getObjectName(), table);
        TableView before = findTable(path).orElse(null);
        if (before == null) {
            refuseUnless(ignoreIfNotExists, path);
            return;
        }
        TableDefinition definition = Definitions.identified(next, before.definition(), changes);
        // The version that the statement was planned on, where the new table still says it.
        long basedOn = References.versionOf(table.getOptions()).orElse(before.version());
        metastore.replaceTable(name(), path.getDatabaseName(), path.getObjectName(), definition, basedOn);
    }

    @Override
    public void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists)
            throws TableNotExistException, TableAlreadyExistException {
        TableView before = findTable(path).orElse(null);
        if (before == null) {
            refuseUnless(ignoreIfNotExists, path);
            return;
        }
        try {
            metastore.replaceTable(
                    name(),
                    path.getDatabaseName(),
                    path.getObjectName(),
                    Definitions.renamed(before.definition(), newName),
                    before.version());
        } catch (MetastoreException e) {
            if (e.is("TABLE_EXISTS")) {
                throw new TableAlreadyExistException(name(), new ObjectPath(path.getDatabaseName(), newName));
            }
            throw e;
        }
    }

    @Override
    public void dropTable(ObjectPath path, boolean ignoreIfNotExists) throws TableNotExistException {
        try {
            metastore.dropTable(name(), path.getDatabaseName(), path.getObjectName());
        } catch (MetastoreException e) {
            if (!absent(e)) {
                throw e;
            }
            refuseUnless(ignoreIfNotExists, path);
        }
    }

    @Override
    public List<String> listFunctions(String database) {
        return metastore.functions(name(), database).stream()
                .map(FunctionView::name)
                .toList();
    }

    /** Only what its class path offers is handed out, whatever the metastore says. */
    @Override
    public CatalogFunction getFunction(ObjectPath path) throws FunctionNotExistException {
        FunctionView found = findFunction(path).orElseThrow(() -> new FunctionNotExistException(name(), path));
        CatalogFunction function = new CatalogFunctionImpl(found.className());
        FunctionClasses.check(function);
        return function;
    }

    @Override
    public boolean functionExists(ObjectPath path) {
        return findFunction(path).isPresent();
    }

    @Override
    public void createFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfExists)
            throws FunctionAlreadyExistException, DatabaseNotExistException {
        FunctionClasses.check(function);
        String className = function.getClassName();
        try {
            metastore.createFunction(name(), path.getDatabaseName(), path.getObjectName(), className);
        } catch (MetastoreException e) {
            if (e.is("DATABASE_NOT_FOUND")) {
                throw new DatabaseNotExistException(name(), path.getDatabaseName());
            }
            if (!e.is("FUNCTION_EXISTS")) {
                throw e;
            }
            if (!ignoreIfExists) {
                throw new FunctionAlreadyExistException(name(), path, e);
            }
        }
    }

    @Override
    public void alterFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfNotExists)
            throws FunctionNotExistException {
        FunctionClasses.check(function);
        FunctionView before = findFunction(path).orElse(null);
        if (before == null) {
            refuseFunctionUnless(ignoreIfNotExists, path);
            return;
        }
        String className = function.getClassName();
        metastore.alterFunction(name(), path.getDatabaseName(), before.name(), className, before.version());
    }

    @Override
    public void dropFunction(ObjectPath path, boolean ignoreIfNotExists) throws FunctionNotExistException {
        try {
            metastore.dropFunction(name(), path.getDatabaseName(), path.getObjectName());
        } catch (MetastoreException e) {
            if (!absent(e)) {
                throw e;
            }
            refuseFunctionUnless(ignoreIfNotExists, path);
        }
    }

    private void refuseFunctionUnless(boolean ignoreIfNotExists, ObjectPath path) throws FunctionNotExistException {
        if (!ignoreIfNotExists) {
            throw new FunctionNotExistException(name(), path);
        }
    }

    private Optional<FunctionView> findFunction(ObjectPath path) {
        String name = path.getObjectName();
        if (name.codePoints().noneMatch(Character::isLetter)) {
            return Optional.empty(); // Flink asks for operators, too, such as =.
        }
        Object found = StatementTables.once(
                List.of(name(), path), () -> found(() -> metastore.function(name(), path.getDatabaseName(), name)));
        Optional<FunctionView> function = ((Optional<?>) found).map(FunctionView.class::cast);
        function.ifPresent(StatementTables::calls);
        return function;
    }

    private void refuseUnless(boolean ignoreIfNotExists, ObjectPath path) throws TableNotExistException {
        if (!ignoreIfNotExists) {
            throw new TableNotExistException(name(), path);
        }
    }

    private List<TableSummary> summaries(String database) throws DatabaseNotExistException {
        try {
            return metastore.tables(name(), database);
        } catch (MetastoreException e) {
            if (e.is("DATABASE_NOT_FOUND")) {
                throw new DatabaseNotExistException(name(), database);
            }
            throw e;
        }
    }

    private Optional<DatabaseView> findDatabase(@Nullable String database) {
        if (database == null || database.isEmpty()) {
            return Optional.empty();
        }
        return found(() -> metastore.database(name(), database));
    }

    private Optional<TableView> findTable(ObjectPath path) {
        return found(() -> metastore.table(name(), path.getDatabaseName(), path.getObjectName()));
    }

    private static <T> Optional<T> found(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (MetastoreException e) {
            if (absent(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean absent(MetastoreException e) {
        return e.is("TABLE_NOT_FOUND")
                || e.is("FUNCTION_NOT_FOUND")
                || e.is("DATABASE_NOT_FOUND")
                || e.is("CATALOG_NOT_FOUND");
    }
}
