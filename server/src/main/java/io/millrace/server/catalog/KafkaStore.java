package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TablePath;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kafka clusters: a database is a connection. This version has one, {@code main}. */
final class KafkaStore implements Store {
    private static final DatabaseName MAIN = new DatabaseName("main");

    private final String bootstrapServers;

    KafkaStore(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    @Override
    public Catalog.About about() {
        return new Catalog.About("kafka", "Topics of Kafka; a database is a connection to a cluster.");
    }

    @Override
    public List<Database> fixedDatabases(CatalogName catalog) {
        return List.of(new Database(new DatabasePath(catalog, MAIN), "The Kafka of this installation."));
    }

    @Override
    public void refuseDatabase(DatabasePath path) {
        throw CatalogFailures.unsupported("A database of catalog '" + path.catalog()
                + "' is a connection to a Kafka cluster, and connections are not created in SQL. Use '" + path.catalog()
                + "." + MAIN + "'.");
    }

    @Override
    public void refuseName(TablePath path) {
        // Any name: the topic is an option.
    }

    @Override
    public Optional<String> location(TablePath path, String id) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> platformOptions(Table table) {
        return Map.of("properties.bootstrap.servers", bootstrapServers);
    }
}
