package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.FetchedTables;
import io.millrace.core.catalog.Metastore;
import io.millrace.server.http.InternalEndpoints;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

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
    CatalogService service(Metastore metastore, FetchedTables fetched, CatalogConfig config, Clock clock) {
        var kafka = new RegisteredCatalog(
                new CatalogName("kafka"),
                new KafkaStore(config.kafka().bootstrapServers()),
                ConnectorFiles.read("kafka", "upsert-kafka"),
                metastore,
                clock);
        var warehouse = new RegisteredCatalog(
                new CatalogName("warehouse"),
                new WarehouseStore(config.warehouse().root().toString()),
                ConnectorFiles.read("filesystem"),
                metastore,
                clock);
        kafka.prepare();
        warehouse.prepare();
        var postgres = new FetchedCatalog(
                POSTGRES,
                new PostgresRemote(POSTGRES, postgres(config.postgres())),
                ConnectorFiles.read("jdbc"),
                metastore,
                fetched,
                clock);
        return new CatalogService(List.of(kafka, postgres, warehouse));
    }

    @Produces
    @Singleton
    InternalEndpoints internal(CatalogService service) {
        return new CatalogEndpoints(service);
    }

    private static PostgresStore postgres(CatalogConfig.Postgres config) {
        var address = new PostgresStore.Address(config.host(), config.port(), config.database(), config.username());
        return new PostgresStore(address, config::password);
    }
}
