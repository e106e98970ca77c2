package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.connection.Reach;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SessionCatalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.rest.RESTSessionCatalog;
import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The way to one Iceberg catalog. Opened at the first use; what goes wrong is translated. */
final class IcebergStore implements AutoCloseable {
    /** Properties that lead a table's files elsewhere. */
    private static final List<String> PATHS =
            List.of("write.data.path", "write.metadata.path", "write.object-storage.path", "write.folder-storage.path");

    /** All requests of one use; a catalog that needs longer counts as one that does not answer. */
    private static final Duration TIME = Duration.ofSeconds(8);

    private final CatalogName name;
    private final Address address;
    private final Supplier<Optional<String>> token;
    private final Runnable hosts;
    private @Nullable Catalog catalog;
    private @Nullable AutoCloseable open;

    /** {@code hosts} throws if the store must not be reached; asked before each use of the network. */
    IcebergStore(CatalogName name, Address address, Supplier<Optional<String>> token, Runnable hosts) {
        this.name = name;
        this.address = address;
        this.token = token;
        this.hosts = hosts;
    }

    /** Does something with the catalog; a store that does not answer is STORE_UNAVAILABLE. */
    <T> T use(Function<Catalog, T> work) {
        try {
            hosts.run();
            return BoundedSockets.within(TIME, Long.MAX_VALUE, Reach.ANYWHERE, () -> work.apply(catalog()));
        } catch (NotAuthorizedException | ForbiddenException e) {
            throw new MillraceException(
                    ErrorCode.ACCESS_DENIED, what() + " does not allow this with the connection's token.", e);
        } catch (RESTException | UncheckedIOException e) {
            throw new MillraceException(ErrorCode.STORE_UNAVAILABLE, what() + " does not answer.", e);
        }
    }

    /** Users of tables need not know where it is. */
    private String what() {
        return "Iceberg catalog '" + name + "'";
    }

    <T> T namespaces(Function<SupportsNamespaces, T> work) {
        return use(each -> work.apply((SupportsNamespaces) each));
    }

    /** TABLE_INVALID for a table with files outside the connection's folder. */
    void check(TablePath path, Table table) {
        Stream<String> paths =
                PATHS.stream().map(key -> table.properties().get(key)).filter(Objects::nonNull);
        if (!Stream.concat(Stream.of(table.location()), paths).allMatch(address::allows)) {
            String hint = address.isRest()
                    ? "Name the folder of the tables in field 'files' of the connection."
                    : "Only tables with files below the catalog's own folder can be used.";
            throw new MillraceException(
                    ErrorCode.TABLE_INVALID,
                    "Table " + path + " has its files outside the folder that the connection names. " + hint,
                    List.of(Flaw.at("/name", "the files are elsewhere", hint)));
        }
    }

    boolean canRename() {
        return address.isRest();
    }

    /** What Flink's connector needs to reach the catalog. Secret. */
    Map<String, String> connectorOptions() {
        Map<String, String> options = new HashMap<>();
        options.put("catalog-type", address.isRest() ? "rest" : "hadoop");
        address.uri().ifPresent(uri -> options.put(CatalogProperties.URI, uri));
        address.warehouse().ifPresent(warehouse -> options.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse));
        if (address.isRest()) {
            // The one FileIO that Flink's class path has; a server must not choose another.
            options.put(CatalogProperties.FILE_IO_IMPL, "org.apache.iceberg.hadoop.HadoopFileIO");
            token.get().ifPresent(value -> {
                options.put("token", value);
                options.put("token-refresh-enabled", "false");
            });
        }
        return options;
    }

    @Override
    public synchronized void close() {
        AutoCloseable closing = open;
        catalog = null;
        open = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (Exception e) {
                throw new IllegalStateException("an Iceberg catalog cannot be closed", e);
            }
        }
    }

    private synchronized Catalog catalog() {
        Catalog current = catalog;
        if (current == null) {
            current = address.isRest() ? rest() : hadoop();
            catalog = current;
        }
        return current;
    }

    private Catalog rest() {
        URI base = URI.create(address.uri().orElseThrow());
        Map<String, String> properties = new HashMap<>();
        properties.put(CatalogProperties.URI, base.toString());
        properties.put("rest.auth.type", "none");
        address.warehouse().ifPresent(name -> properties.put(CatalogProperties.WAREHOUSE_LOCATION, name));
        RESTSessionCatalog session = new RESTSessionCatalog(
                configured -> new IcebergHttp(base, token, hosts), (context, configured) -> new NoFiles());
        session.initialize("iceberg", properties);
        open = session;
        return session.asCatalog(SessionCatalog.SessionContext.createEmpty());
    }

    private Catalog hadoop() {
        HadoopCatalog files = new HadoopCatalog();
        // Nothing that happens to lie on the class path.
        files.setConf(new Configuration(false));
        files.initialize(
                "iceberg",
                Map.of(CatalogProperties.WAREHOUSE_LOCATION, address.warehouse().orElseThrow()));
        open = files;
        return files;
    }

    /**
     * Which catalog.
     *
     * @param uri of a REST catalog; empty for a Hadoop catalog
     * @param warehouse the folder of a Hadoop catalog, or the name of one of several warehouses of a REST catalog
     * @param files the folder below which tables may have their files; empty for anything that is not a local folder
     */
    record Address(Optional<String> uri, Optional<String> warehouse, Optional<String> files) {
        static Address rest(String uri, Optional<String> warehouse, Optional<String> files) {
            return new Address(Optional.of(uri), warehouse, files);
        }

        static Address hadoop(String root) {
            return new Address(Optional.empty(), Optional.of(root), Optional.of(root));
        }

        /** Whether Flink may be sent there: whoever writes a table's metadata says where its files are. */
        boolean allows(String location) {
            String whole = location.startsWith("/") ? "file://" + location : location;
            return files.map(folder -> new TableFolder(folder).allows(whole)).orElse(!whole.startsWith("file:"));
        }

        boolean isRest() {
            return uri.isPresent();
        }
    }
}
