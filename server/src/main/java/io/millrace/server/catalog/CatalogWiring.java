package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
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
    @Produces
    @Singleton
    Metastore metastore(Jdbi jdbi) {
        return new SqlMetastore(jdbi);
    }

    @Produces
    @Singleton
    CatalogService service(Metastore metastore, CatalogConfig config, Clock clock) {
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
        return new CatalogService(List.of(kafka, postgres(config.postgres()), warehouse));
    }

    @Produces
    @Singleton
    InternalEndpoints internal(CatalogService service) {
        return new CatalogEndpoints(service);
    }

    private static Catalog postgres(CatalogConfig.Postgres config) {
        var address = new PostgresStore.Address(config.host(), config.port(), config.database(), config.username());
        return new PostgresCatalog(
                new CatalogName("postgres"), new PostgresStore(address, config::password), ConnectorFiles.read("jdbc"));
    }
}
