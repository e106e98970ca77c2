package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.access.Securables;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FunctionId;
import io.millrace.core.catalog.FunctionName;
import io.millrace.core.catalog.FunctionStore;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.error.MillraceException;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Catalogs and what is in them, as things on which privileges are granted. */
final class CatalogSecurables implements Securables {
    private final CatalogService catalogs;
    private final FunctionService functions;
    private final Metastore metastore;
    private final FunctionStore store;

    CatalogSecurables(CatalogService catalogs, FunctionService functions, Metastore metastore, FunctionStore store) {
        this.catalogs = requireNonNull(catalogs, "catalogs");
        this.functions = requireNonNull(functions, "functions");
        this.metastore = requireNonNull(metastore, "metastore");
        this.store = requireNonNull(store, "store");
    }

    @Override
    public Set<Kind> kinds() {
        return Set.of(Kind.CATALOG, Kind.DATABASE, Kind.TABLE, Kind.FUNCTION);
    }

    @Override
    public Optional<Securable> find(Kind kind, List<String> path) {
        int parts = kind == Kind.CATALOG ? 1 : kind == Kind.DATABASE ? 2 : 3;
        if (path.size() != parts) {
            return Optional.empty();
        }
        try {
            return Optional.of(object(kind, path));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // what cannot be a name names nothing
        } catch (MillraceException e) {
            if (e.code().kind() == io.millrace.core.error.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Securable object(Kind kind, List<String> path) {
        CatalogName catalog = new CatalogName(path.get(0));
        if (kind == Kind.CATALOG) {
            return CatalogObjects.of(catalogs.catalog(catalog).name());
        }
        DatabasePath database = new DatabasePath(catalog, new DatabaseName(path.get(1)));
        if (kind == Kind.DATABASE) {
            return CatalogObjects.of(catalogs.database(database).path());
        }
        return kind == Kind.TABLE
                ? CatalogObjects.of(catalogs.table(database.table(new TableName(path.get(2)))))
                : CatalogObjects.of(functions.get(database.function(new FunctionName(path.get(2)))));
    }

    @Override
    public Securable named(Securable object) {
        return switch (object.kind()) {
            case DATABASE ->
                new Securable(object.kind(), object.id(), object.id().replace('/', '.'), object.above());
            case TABLE ->
                metastore
                        .table(new TableId(object.id()))
                        .map(CatalogObjects::of)
                        .orElse(object);
            case FUNCTION ->
                store.versions(new FunctionId(object.id()), Long.MAX_VALUE, 1).stream()
                        .findFirst()
                        .map(version -> CatalogObjects.of(version.function()))
                        .orElse(object);
            case SERVER, CATALOG, CONNECTION, WORKSPACE, JOB -> object;
        };
    }
}
