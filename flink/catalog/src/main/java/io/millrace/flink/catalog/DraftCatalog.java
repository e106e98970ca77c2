package io.millrace.flink.catalog;

import static java.util.Objects.requireNonNull;

import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.FunctionAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A catalog as a script would leave it: reads what it has from another one and keeps changes to itself. For the
 * analysis of scripts, by one thread, for the length of one analysis. New tables get the connector
 * {@link DraftTableFactory}, which can be planned with and never runs.
 */
public final class DraftCatalog extends PlainCatalog {
    private final Catalog real;
    private final Map<ObjectPath, CatalogBaseTable> tables = new LinkedHashMap<>();
    private final Set<ObjectPath> droppedTables = new HashSet<>();
    private final Map<ObjectPath, CatalogFunction> functions = new LinkedHashMap<>();
    private final Set<ObjectPath> droppedFunctions = new HashSet<>();
    private final Map<String, CatalogDatabase> databases = new HashMap<>();
    private final Set<String> droppedDatabases = new HashSet<>();

    public DraftCatalog(String name, Catalog real) {
        super(name);
        this.real = requireNonNull(real, "real");
    }

    /** What is read from. */
    public Catalog real() {
        return real;
    }

    /** The other catalog belongs to whoever made it. */
    @Override
    public void open() {}

    @Override
    public void close() {}

    @Override
    public String getDefaultDatabase() {
        return requireNonNull(real.getDefaultDatabase());
    }

    @Override
    public List<String> listDatabases() {
        List<String> names = new ArrayList<>(real.listDatabases());
        names.removeAll(droppedDatabases);
        names.addAll(databases.keySet());
        return names;
    }

    @Override
    public CatalogDatabase getDatabase(String database) throws DatabaseNotExistException {
        if (databases.containsKey(database)) {
            return databases.get(database);
        }
        if (droppedDatabases.contains(database)) {
            throw new DatabaseNotExistException(name(), database);
        }
        return real.getDatabase(database);
    }

    @Override
    public boolean databaseExists(String database) {
        return databases.containsKey(database) || (isRealDatabase(database) && real.databaseExists(database));
    }

    private boolean isRealDatabase(String database) {
        return !databases.containsKey(database) && !droppedDatabases.contains(database);
    }

    @Override
    public void createDatabase(String database, CatalogDatabase definition, boolean ignoreIfExists)
            throws DatabaseAlreadyExistException {
        if (!databaseExists(database)) {
            databases.put(database, definition);
        } else if (!ignoreIfExists) {
            throw new DatabaseAlreadyExistException(name(), database);
        }
    }

    @Override
    public void dropDatabase(String database, boolean ignoreIfNotExists, boolean cascade)
            throws DatabaseNotExistException, DatabaseNotEmptyException {
        if (!databaseExists(database)) {
            if (!ignoreIfNotExists) {
                throw new DatabaseNotExistException(name(), database);
            }
            return;
        }
        if (!cascade
                && !(listTables(database).isEmpty() && listFunctions(database).isEmpty())) {
            throw new DatabaseNotEmptyException(name(), database);
        }
        tables.keySet().removeIf(path -> path.getDatabaseName().equals(database));
        functions.keySet().removeIf(path -> path.getDatabaseName().equals(database));
        databases.remove(database);
        droppedDatabases.add(database);
    }

    @Override
    public void alterDatabase(String database, CatalogDatabase definition, boolean ignoreIfNotExists)
            throws DatabaseNotExistException {
        real.alterDatabase(database, definition, ignoreIfNotExists);
    }

    @Override
    public List<String> listTables(String database) throws DatabaseNotExistException {
        return names(database, isRealDatabase(database) ? real.listTables(database) : List.of(), false);
    }

    @Override
    public List<String> listViews(String database) throws DatabaseNotExistException {
        return names(database, isRealDatabase(database) ? real.listViews(database) : List.of(), true);
    }

    @Override
    public List<String> listMaterializedTables(String database) {
        return List.of();
    }

    private List<String> names(String database, List<String> stored, boolean viewsOnly)
            throws DatabaseNotExistException {
        if (!databaseExists(database)) {
            throw new DatabaseNotExistException(name(), database);
        }
        List<String> names = new ArrayList<>(stored);
        names.removeIf(name -> droppedTables.contains(new ObjectPath(database, name)));
        tables.forEach((path, table) -> {
            boolean wanted = !viewsOnly || table.getTableKind() == CatalogBaseTable.TableKind.VIEW;
            if (path.getDatabaseName().equals(database) && wanted && !names.contains(path.getObjectName())) {
                names.add(path.getObjectName());
            }
        });
        return names;
    }

    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
        CatalogBaseTable drafted = tables.get(path);
        if (drafted != null) {
            return drafted;
        }
        if (droppedTables.contains(path) || !isRealDatabase(path.getDatabaseName())) {
            throw new TableNotExistException(name(), path);
        }
        return real.getTable(path);
    }

    @Override
    public boolean tableExists(ObjectPath path) {
        if (tables.containsKey(path)) {
            return true;
        }
        return !droppedTables.contains(path) && isRealDatabase(path.getDatabaseName()) && real.tableExists(path);
    }

    @Override
    public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws TableAlreadyExistException, DatabaseNotExistException {
        if (!databaseExists(path.getDatabaseName())) {
            throw new DatabaseNotExistException(name(), path.getDatabaseName());
        }
        if (!tableExists(path)) {
            var unused = Definitions.fromFlink(path.getObjectName(), table); // refuses what could not be stored
            tables.put(path, drafted(table));
        } else if (!ignoreIfExists) {
            throw new TableAlreadyExistException(name(), path);
        }
    }

    private CatalogBaseTable drafted(CatalogBaseTable table) {
        if (!(table instanceof CatalogTable created)) {
            return table;
        }
        Map<String, String> options = new LinkedHashMap<>(References.withoutReference(created.getOptions()));
        if (real instanceof MillraceCatalog) {
            options.remove(References.CONNECTOR); // a choice among the catalog's connectors, which the server checks
        }
        options.putIfAbsent(References.CONNECTOR, DraftTableFactory.IDENTIFIER);
        return created.copy(options);
    }

    @Override
    public void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists)
            throws TableNotExistException {
        if (tableExists(path)) {
            tables.put(path, table);
        } else if (!ignoreIfNotExists) {
            throw new TableNotExistException(name(), path);
        }
    }

    @Override
    public void alterTable(
            ObjectPath path, CatalogBaseTable table, List<TableChange> changes, boolean ignoreIfNotExists)
            throws TableNotExistException {
        TableChanges.check(changes);
        alterTable(path, table, ignoreIfNotExists);
    }

    @Override
    public void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists)
            throws TableNotExistException, TableAlreadyExistException {
        ObjectPath next = new ObjectPath(path.getDatabaseName(), newName);
        if (tableExists(next)) {
            throw new TableAlreadyExistException(name(), next);
        }
        if (tableExists(path)) {
            CatalogBaseTable table = getTable(path);
            dropTable(path, false);
            tables.put(next, table);
        } else if (!ignoreIfNotExists) {
            throw new TableNotExistException(name(), path);
        }
    }

    @Override
    public void dropTable(ObjectPath path, boolean ignoreIfNotExists) throws TableNotExistException {
        if (!tableExists(path)) {
            if (!ignoreIfNotExists) {
                throw new TableNotExistException(name(), path);
            }
            return;
        }
        tables.remove(path);
        droppedTables.add(path);
    }

    @Override
    public List<String> listFunctions(String database) throws DatabaseNotExistException {
        Set<String> names = new TreeSet<>();
        if (isRealDatabase(database)) {
            names.addAll(real.listFunctions(database));
            names.removeIf(name -> droppedFunctions.contains(new ObjectPath(database, name)));
        }
        functions.keySet().stream()
                .filter(path -> path.getDatabaseName().equals(database))
                .forEach(path -> names.add(path.getObjectName()));
        return List.copyOf(names);
    }

    @Override
    public CatalogFunction getFunction(ObjectPath given) throws FunctionNotExistException {
        ObjectPath path = lowerCase(given);
        CatalogFunction drafted = functions.get(path);
        if (drafted != null) {
            return drafted;
        }
        if (!isRealFunction(path)) {
            throw new FunctionNotExistException(name(), path);
        }
        return real.getFunction(path);
    }

    @Override
    public boolean functionExists(ObjectPath given) {
        ObjectPath path = lowerCase(given);
        return functions.containsKey(path) || (isRealFunction(path) && real.functionExists(path));
    }

    @Override
    public void createFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfExists)
            throws FunctionAlreadyExistException, DatabaseNotExistException {
        if (!databaseExists(path.getDatabaseName())) {
            throw new DatabaseNotExistException(name(), path.getDatabaseName());
        }
        checkFunction(function);
        if (!functionExists(path)) {
            functions.put(lowerCase(path), function);
        } else if (!ignoreIfExists) {
            throw new FunctionAlreadyExistException(name(), path);
        }
    }

    @Override
    public void alterFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfNotExists)
            throws FunctionNotExistException {
        checkFunction(function);
        if (functionExists(path)) {
            functions.put(lowerCase(path), function);
        } else if (!ignoreIfNotExists) {
            throw new FunctionNotExistException(name(), path);
        }
    }

    @Override
    public void dropFunction(ObjectPath path, boolean ignoreIfNotExists) throws FunctionNotExistException {
        if (!functionExists(path)) {
            if (!ignoreIfNotExists) {
                throw new FunctionNotExistException(name(), path);
            }
            return;
        }
        functions.remove(lowerCase(path));
        droppedFunctions.add(lowerCase(path));
    }

    private void checkFunction(CatalogFunction function) {
        if (real instanceof MillraceCatalog) {
            FunctionClasses.check(function);
        }
    }

    private boolean isRealFunction(ObjectPath path) {
        return !droppedFunctions.contains(path) && isRealDatabase(path.getDatabaseName());
    }

    /** Names of functions have no case. */
    private static ObjectPath lowerCase(ObjectPath path) {
        return new ObjectPath(path.getDatabaseName(), path.getObjectName().toLowerCase(Locale.ROOT));
    }
}
