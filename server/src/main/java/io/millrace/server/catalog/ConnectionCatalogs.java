package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Connectors;
import io.millrace.core.catalog.FetchedTables;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.server.connection.ConnectionService;
import io.millrace.server.connection.OpenConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The catalogs as the connections are at this moment: those of the installation itself, and what users made. A change of
 * a connection, on whichever server, counts from the next call on; what is replaced is closed.
 */
final class ConnectionCatalogs implements Supplier<List<Catalog>> {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionCatalogs.class);

    private final List<Catalog> own;
    private final KafkaCluster mainCluster;
    private final ConnectionService connections;
    private final Metastore metastore;
    private final FetchedTables fetched;
    private final Clock clock;
    private final Map<Version, Opened> opened = new HashMap<>();
    private final Map<Version, Pulse> pulses = new HashMap<>();
    private volatile @Nullable Built built;

    /** {@code own} are the catalogs that settings define, Kafka's apart. */
    ConnectionCatalogs(
            List<Catalog> own,
            KafkaCluster mainCluster,
            ConnectionService connections,
            Metastore metastore,
            FetchedTables fetched,
            Clock clock) {
        this.own = List.copyOf(own);
        this.mainCluster = mainCluster;
        this.connections = connections;
        this.metastore = metastore;
        this.fetched = fetched;
        this.clock = clock;
    }

    /** Sorted by name. */
    @Override
    public List<Catalog> get() {
        long revision = connections.revision();
        Built now = built;
        return now != null && now.revision() == revision ? now.catalogs() : build(revision);
    }

    private synchronized List<Catalog> build(long revision) {
        Built now = built;
        if (now != null && now.revision() == revision) {
            return now.catalogs();
        }
        List<Connection> all = connections.all();
        List<Catalog> catalogs = new ArrayList<>(own);
        catalogs.add(kafka(of(all, ConnectionKind.KAFKA)));
        described(all, ConnectionKind.REDIS).ifPresent(catalogs::add);
        described(all, ConnectionKind.HBASE).ifPresent(catalogs::add);
        Map<Version, Opened> previous = new HashMap<>(opened);
        opened.clear();
        for (Connection connection : all) {
            if (connection.kind().shape() == ConnectionKind.Shape.CATALOG) {
                Version version = Version.of(connection);
                Opened kept = previous.remove(version);
                Optional<Opened> next = kept == null ? open(connection) : Optional.of(kept);
                next.ifPresent(each -> {
                    opened.put(version, each);
                    catalogs.add(each.catalog());
                });
            }
        }
        previous.values().forEach(Opened::close);
        catalogs.sort(Comparator.comparing(Catalog::name));
        List<Catalog> result = List.copyOf(catalogs);
        built = new Built(revision, result);
        return result;
    }

    private Catalog kafka(List<Connection> clusters) {
        List<KafkaCluster> all = new ArrayList<>();
        all.add(mainCluster);
        pulses.keySet().retainAll(clusters.stream().map(Version::of).toList());
        for (Connection each : clusters) {
            OpenConnection open = connections.open(each);
            Pulse pulse = pulses.computeIfAbsent(Version.of(each), version -> KafkaCluster.pulse(open, clock));
            all.add(KafkaCluster.of(open, pulse));
        }
        return registered("kafka", new KafkaStore(all), ConnectorFiles.read("kafka", "upsert-kafka"));
    }

    private Optional<Catalog> described(List<Connection> all, ConnectionKind kind) {
        List<Connection> some = of(all, kind);
        return some.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        registered(kind.word(), new DescribedStore(kind, some), ConnectorFiles.read(kind.word())));
    }

    private Optional<Opened> open(Connection connection) {
        OpenConnection open = connections.open(connection);
        var name = new CatalogName(connection.name().value());
        if (connection.kind() == ConnectionKind.FILESYSTEM) {
            var store = new WarehouseStore(
                    connection.fields().text("root"), open::checkReach, WarehouseStore.pulse(name, open, clock));
            return Optional.of(
                    new Opened(registered(name.value(), store, ConnectorFiles.read("filesystem")), () -> {}));
        }
        return RemoteKinds.of(connection.kind()).map(kind -> {
            RemoteStore store = kind.opener().open(name, open);
            return new Opened(
                    new FetchedCatalog(name, store, kind.connectors().get(), metastore, fetched, clock), store::close);
        });
    }

    private Catalog registered(String name, Store store, Connectors connectors) {
        var catalog = new RegisteredCatalog(new CatalogName(name), store, connectors, metastore, clock);
        catalog.prepare();
        return catalog;
    }

    private static List<Connection> of(List<Connection> all, ConnectionKind kind) {
        return all.stream().filter(each -> each.kind() == kind).toList();
    }

    /** All catalogs at one revision of the connections. */
    private record Built(long revision, List<Catalog> catalogs) {}

    /** What a catalog was made of. A connection that was deleted and made anew has another id. */
    private record Version(String id, long version, Map<String, String> keys) {
        static Version of(Connection connection) {
            Map<String, String> keys = new HashMap<>();
            connection.secrets().forEach((field, secret) -> keys.put(field, secret.content()));
            return new Version(connection.id().toString(), connection.version(), keys);
        }

        @Override
        public String toString() {
            return id + "@" + version;
        }
    }

    /** A catalog and how what is behind it is closed. */
    private record Opened(Catalog catalog, Runnable closing) {
        void close() {
            try {
                closing.run();
            } catch (RuntimeException e) {
                LOG.warn("catalog {} was replaced but not closed: {}", catalog.name(), e.toString());
            }
        }
    }
}
