package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.FetchedTables;
import io.millrace.core.catalog.FunctionStore;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.lineage.Callers;
import io.millrace.core.lineage.Datasets;
import io.millrace.core.lineage.Dependents;
import io.millrace.server.access.Guard;
import io.millrace.server.connection.ConnectionService;
import io.millrace.server.connection.ConnectionUse;
import io.millrace.server.connection.ManagedConnections;
import io.millrace.server.connection.PostgresProperties;
import io.millrace.server.connection.Reach;
import io.millrace.server.connection.SameStores;
import io.millrace.server.http.Caller;
import io.millrace.server.http.InternalEndpoints;
import io.millrace.server.http.StatementActivity;
import io.millrace.server.sql.SqlSessionService;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

import java.net.URI;
import java.time.Clock;
import java.util.List;

/** Builds this feature's objects. */
@Singleton
final class CatalogWiring {
    private static final CatalogName POSTGRES = new CatalogName("postgres");

    @Produces
    @Singleton
    Metastore metastore(Jdbi jdbi) {
        return new SqlMetastore(jdbi);
    }

    @Produces
    @Singleton
    FetchedTables fetchedTables(Jdbi jdbi) {
        return new SqlFetchedTables(jdbi);
    }

    @Produces
    @Singleton
    FunctionStore functionStore(Jdbi jdbi) {
        return new SqlFunctionStore(jdbi);
    }

    @Produces
    @Singleton
    ConnectionCatalogs catalogs(
            ConnectionService connections,
            Metastore metastore,
            FetchedTables fetched,
            CatalogConfig config,
            Clock clock) {
        var warehouse = new RegisteredCatalog(
                new CatalogName("warehouse"),
                new WarehouseStore(config.warehouse().root().toString()),
                ConnectorFiles.read("filesystem"),
                metastore,
                clock);
        warehouse.prepare();
        var postgres = new FetchedCatalog(
                POSTGRES,
                new PostgresRemote(POSTGRES, postgres(config.postgres())),
                ConnectorFiles.read("jdbc"),
                metastore,
                fetched,
                clock);
        var main = KafkaCluster.main(config.kafka().bootstrapServers(), clock);
        List<Catalog> own = List.of(postgres, warehouse);
        return new ConnectionCatalogs(own, main, connections, metastore, fetched, clock);
    }

    @Produces
    @Singleton
    CatalogService service(
            ConnectionCatalogs all,
            FunctionStore functions,
            Metastore metastore,
            Dependents dependents,
            Guard guard,
            Twins twins) {
        var visible = new VisibleTables(metastore, guard);
        var callers = new CallersCatalogs(all, guard, visible, new SharedData(twins));
        return new CatalogService(callers, callers::missed, functions, new Affected(dependents, guard::rights));
    }

    @Produces
    @Singleton
    Twins twins(SameStores stores, SqlTableSearch search) {
        return new Twins(stores, search);
    }

    @Produces
    @Singleton
    ConnectionUse use(Metastore metastore, FunctionStore functions, Dependents dependents, Caller caller, Clock clock) {
        return new ConnectionTables(
                metastore, functions, new Affected(dependents, caller::rights), caller::name, clock);
    }

    @Produces
    @Singleton
    ManagedConnections managed(CatalogConfig config) {
        return OwnConnections.of(config);
    }

    @Produces
    @Singleton
    SqlTableSearch tableSearch(Jdbi jdbi) {
        return new SqlTableSearch(jdbi);
    }

    @Produces
    @Singleton
    TableService tables(CatalogService catalogs, Jdbi jdbi, Twins twins, Guard guard, Clock clock) {
        return new TableService(catalogs, new SqlTableHistory(jdbi), new SqlCatalogSearch(jdbi), twins, guard, clock);
    }

    @Produces
    @Singleton
    TablePurge purge(CatalogService catalogs, Jdbi jdbi, Guard guard) {
        return new TablePurge(catalogs, new SqlTableHistory(jdbi), guard);
    }

    @Produces
    @Singleton
    TableStatements statements(
            CatalogService catalogs, TableService tables, SqlTableSearch search, SqlSessionService sql, Clock clock) {
        return new TableStatements(catalogs, tables, search, sql, clock);
    }

    @Produces
    @Singleton
    FunctionService functions(
            CatalogService catalogs,
            FunctionStore store,
            Metastore metastore,
            Callers callers,
            Guard guard,
            Clock clock) {
        return new FunctionService(catalogs, store, metastore, callers, guard, clock);
    }

    @Produces
    @Singleton
    FunctionCheck functionCheck(SqlSessionService sql) {
        return new FunctionCheck(sql);
    }

    @Produces
    @Singleton
    Datasets datasets(ConnectionCatalogs all, Metastore metastore) {
        return new PhysicalNames(all, metastore);
    }

    @Produces
    @Singleton
    InternalEndpoints internal(
            CatalogService service, TableService tables, Metastore metastore, Guard guard, StatementActivity activity) {
        return new CatalogEndpoints(service, tables, new Lookups(service, metastore, guard), activity);
    }

    @Produces
    @Singleton
    CatalogSecurables securables(
            CatalogService catalogs, FunctionService functions, Metastore metastore, FunctionStore store) {
        return new CatalogSecurables(catalogs, functions, metastore, store);
    }

    @Produces
    @Singleton
    Authorizations authorizations(
            Metastore metastore,
            FunctionStore functions,
            Guard guard,
            CatalogConfig config,
            StatementActivity activity) {
        List<URI> roots = config.inline().allowedRoots().orElse(List.of());
        return new Authorizations(metastore, functions, guard, new FileRoots(roots), activity);
    }

    @Produces
    @Singleton
    FunctionEndpoints internalFunctions(FunctionService service) {
        return new FunctionEndpoints(service);
    }

    private static PostgresServer postgres(CatalogConfig.Postgres config) {
        var address = new PostgresServer.Address(
                config.host(), config.port(), config.database(), config.username(), PostgresProperties.preferred());
        return new PostgresServer(address, config::password, Reach.ANYWHERE);
    }
}
