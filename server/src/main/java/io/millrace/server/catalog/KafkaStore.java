package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kafka clusters: a database is a connection. */
final class KafkaStore implements Store {
    private final Map<String, KafkaCluster> clusters = new LinkedHashMap<>();

    KafkaStore(List<KafkaCluster> clusters) {
        clusters.forEach(cluster -> this.clusters.put(cluster.name().value(), cluster));
    }

    @Override
    public Catalog.About about() {
        return new Catalog.About("kafka", "Topics of Kafka; a database is a connection to a cluster.");
    }

    @Override
    public List<Database> fixedDatabases(CatalogName catalog) {
        return clusters.values().stream()
                .map(cluster -> new Database(new DatabasePath(catalog, cluster.name()), cluster.comment()))
                .toList();
    }

    @Override
    public boolean hasOnlyFixedDatabases() {
        return true;
    }

    @Override
    public void refuseDatabase(DatabasePath path) {
        throw CatalogFailures.unsupported("A database of catalog '" + path.catalog()
                + "' is a connection to a Kafka cluster, and connections are not created in SQL. Create one with"
                + " `millrace catalog connections create`, or use one of: " + String.join(", ", clusters.keySet())
                + ".");
    }

    @Override
    public void refuseName(TablePath path) {
        // Any name: the topic is an option.
    }

    @Override
    public List<Flaw> check(TablePath path, TableSpec spec) {
        KafkaCluster cluster = clusters.get(path.parent().database().value());
        return cluster == null ? List.of() : cluster.topics().check(spec);
    }

    @Override
    public Optional<String> location(TablePath path, String id) {
        return Optional.empty();
    }

    @Override
    public Optional<Pulse> pulse(DatabasePath database) {
        return Optional.ofNullable(clusters.get(database.database().value())).map(KafkaCluster::pulse);
    }

    @Override
    public Map<String, String> platformOptions(Table table) {
        DatabasePath database = table.path().parent();
        KafkaCluster cluster = clusters.get(database.database().value());
        if (cluster == null) {
            throw CatalogFailures.noDatabase(database);
        }
        // The connection may have been changed since the table was registered.
        List<Flaw> flaws = cluster.topics().check(table.spec());
        if (!flaws.isEmpty()) {
            throw CatalogFailures.invalid(ErrorCode.OPTION_INVALID, table.path(), flaws);
        }
        return cluster.options().get();
    }
}
