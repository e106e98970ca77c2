package io.millrace.flink.gateway.session;

import io.millrace.api.catalog.CatalogView;
import io.millrace.flink.catalog.DraftCatalog;
import io.millrace.flink.catalog.MetastoreClient;
import io.millrace.flink.catalog.MillraceCatalogFactory;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.CatalogNotExistException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModuleFactory;
import org.apache.flink.table.gateway.api.endpoint.EndpointVersion;
import org.apache.flink.table.gateway.api.session.SessionEnvironment;
import org.apache.flink.table.gateway.api.session.SessionHandle;
import org.apache.flink.table.gateway.service.context.DefaultContext;
import org.apache.flink.table.gateway.service.context.SessionContext;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * Opens Flink's session contexts. They are not registered with Flink's session manager, whose idle time-out and
 * limit are for its own endpoint; whoever opens one here closes it.
 */
public final class SessionContexts {
    /** The current catalog of a session that names none. */
    public static final String HOME_CATALOG = "warehouse";

    private static final String HOME_DATABASE = "default";

    /** Flink's own catalog in memory; each session has one. */
    public static final String IN_MEMORY_CATALOG = "default_catalog";

    private static final String MODULE = "millrace";
    private static final EndpointVersion VERSION = new EndpointVersion() {};

    private final Configuration flink;
    private final ExecutorService threads;

    public SessionContexts(Configuration flink, ExecutorService threads) {
        this.flink = flink;
        this.threads = threads;
    }

    /** A new context in which catalog and database are current; fails if there is no such catalog or database. */
    public SessionContext open(@Nullable String catalog, @Nullable String database) {
        return prepare(create(environment().build()), catalog, database);
    }

    /**
     * A new context whose catalogs keep all changes to themselves, for analysis.
     *
     * @param inMemory the in-memory catalog of the session to begin with, if any
     */
    public SessionContext draft(@Nullable String catalog, @Nullable String database, @Nullable Catalog inMemory) {
        SessionEnvironment.Builder environment = environment();
        if (inMemory != null) {
            environment.setDefaultCatalog(IN_MEMORY_CATALOG);
            environment.registerCatalogCreator(
                    IN_MEMORY_CATALOG, (config, loader) -> new DraftCatalog(IN_MEMORY_CATALOG, inMemory));
        }
        for (CatalogView view : MetastoreClient.of(flink).catalogs()) {
            environment.registerCatalogCreator(view.name(), (config, loader) -> {
                Map<String, String> type = Map.of("type", MillraceCatalogFactory.IDENTIFIER);
                return new DraftCatalog(view.name(), FactoryUtil.createCatalog(view.name(), type, config, loader));
            });
        }
        return prepare(create(environment.build()), catalog, database);
    }

    private static SessionEnvironment.Builder environment() {
        return SessionEnvironment.newBuilder().setSessionEndpointVersion(VERSION);
    }

    private SessionContext create(SessionEnvironment environment) {
        return SessionContext.create(
                new DefaultContext(flink, List.of()), SessionHandle.create(), environment, threads);
    }

    private SessionContext prepare(SessionContext context, @Nullable String catalog, @Nullable String database) {
        try {
            loadModule(context);
            // The planner registers what resolves schemas; catalogs and views need it before the first statement.
            JobFunctions.inJobsOnly(
                    context.createOperationExecutor(new Configuration()).getTableEnvironment());
            CatalogManager catalogs = context.getSessionState().catalogManager;
            use(catalogs, catalog == null ? home(catalogs) : catalog, database);
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /** Who may not see the usual database begins where nothing is: what a plain name means depends on no grants. */
    private static String home(CatalogManager catalogs) {
        return catalogs.getCatalog(HOME_CATALOG)
                .filter(catalog -> catalog.databaseExists(HOME_DATABASE))
                .map(catalog -> HOME_CATALOG)
                .orElse(IN_MEMORY_CATALOG);
    }

    private static void use(CatalogManager catalogs, String catalog, @Nullable String database) {
        catalogs.setCurrentCatalog(catalog);
        if (database != null) {
            catalogs.setCurrentDatabase(database);
        } else if (!catalogs.schemaExists(catalog, catalogs.getCurrentDatabase())) {
            throw new CatalogNotExistException("Catalog '" + catalog + "' has no database yet.");
        }
    }

    private void loadModule(SessionContext context) {
        moduleFactory(context.getUserClassloader())
                .ifPresent(factory -> context.getSessionState()
                        .moduleManager
                        .loadModule(
                                MODULE,
                                factory.createModule(new FactoryUtil.DefaultModuleContext(
                                        Map.of(), flink, context.getUserClassloader()))));
    }

    private static Optional<ModuleFactory> moduleFactory(ClassLoader loader) {
        try {
            return Optional.of(FactoryUtil.discoverFactory(loader, ModuleFactory.class, MODULE));
        } catch (ValidationException e) {
            return Optional.empty(); // a class path without our functions
        }
    }
}
