package io.millrace.flink.gateway.session;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.CatalogNotExistException;
import org.apache.flink.table.api.ValidationException;
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
        SessionContext context = SessionContext.create(
                new DefaultContext(flink, List.of()),
                SessionHandle.create(),
                SessionEnvironment.newBuilder()
                        .setSessionEndpointVersion(VERSION)
                        .build(),
                threads);
        try {
            loadModule(context);
            // The planner registers what resolves schemas; catalogs and views need it before the first statement.
            context.createOperationExecutor(new Configuration()).getTableEnvironment();
            use(context.getSessionState().catalogManager, catalog == null ? HOME_CATALOG : catalog, database);
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
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
