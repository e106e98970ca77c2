package io.millrace.server.catalog;

import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableId;
import io.millrace.core.error.MillraceException;
import io.millrace.core.lineage.Dataset;
import io.millrace.core.lineage.Datasets;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Names tables as OpenLineage does, by store and place: {@code kafka://host:port} and a topic, {@code
 * postgres://host:port} and {@code database.schema.table}, {@code file} and a path. Tables of Hive are their files, as
 * those of an Iceberg catalog that is a folder; those of an Iceberg REST catalog have its address. Of the connector's
 * options only those that name the place are used, so that nothing secret gets out.
 */
final class PhysicalNames implements Datasets {
    private final Supplier<List<Catalog>> catalogs;
    private final Metastore metastore;

    PhysicalNames(Supplier<List<Catalog>> catalogs, Metastore metastore) {
        this.catalogs = catalogs;
        this.metastore = metastore;
    }

    @Override
    public Optional<Dataset> of(TableId id) {
        try {
            return metastore.table(id).flatMap(table -> options(table).flatMap(options -> dataset(table, options)));
        } catch (MillraceException e) {
            return Optional.empty(); // a store that is away has no name now
        }
    }

    private Optional<Map<String, String>> options(Table table) {
        return catalogs.get().stream()
                .map(catalog -> catalog.resolve(table.ref()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Dataset> dataset(Table table, Map<String, String> options) {
        List<Dataset.Field> fields = table.spec().columns().stream()
                .map(column -> new Dataset.Field(column.name(), type(column)))
                .toList();
        return named(options).map(name -> new Dataset(name.namespace(), name.name(), fields));
    }

    private static String type(Column column) {
        return column.type().orElse("COMPUTED");
    }

    /** The name alone, without fields. */
    static Optional<Dataset> named(Map<String, String> options) {
        String connector = options.getOrDefault("connector", "");
        return switch (connector) {
            case "kafka", "upsert-kafka" ->
                place("kafka://", first(options.get("properties.bootstrap.servers")), options.get("topic"));
            case "jdbc" -> jdbc(options);
            case "iceberg" -> iceberg(options);
            case "filesystem" -> Optional.ofNullable(options.get("path")).map(PhysicalNames::file);
            default -> Optional.empty();
        };
    }

    private static Optional<Dataset> place(String scheme, String host, @Nullable String name) {
        return host.isEmpty() || name == null
                ? Optional.empty()
                : Optional.of(new Dataset(scheme + host, name, List.of()));
    }

    /** The same whichever server a connection names first. */
    private static String first(@Nullable String servers) {
        return servers == null
                ? ""
                : Stream.of(servers.split("[,;]"))
                        .map(server -> server.strip().toLowerCase(Locale.ROOT))
                        .filter(server -> !server.isEmpty())
                        .min(Comparator.naturalOrder())
                        .orElse("");
    }

    private static Optional<Dataset> jdbc(Map<String, String> options) {
        String url = options.getOrDefault("url", "");
        if (!url.startsWith("jdbc:")) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(url.substring("jdbc:".length()).replaceFirst("[?;].*$", ""));
            boolean postgres = "postgresql".equals(uri.getScheme());
            int port = uri.getPort() > 0 ? uri.getPort() : postgres ? 5432 : 3306;
            String database = String.valueOf(uri.getPath()).replaceFirst("^/", "");
            String table = options.getOrDefault("table-name", "");
            String name = table.isEmpty() || database.isEmpty() || table.startsWith(database + ".")
                    ? table
                    : database + "." + table;
            String host = String.valueOf(uri.getHost());
            return place(postgres ? "postgres://" : "mysql://", host + ":" + port, name.replaceAll("[\"`]", ""));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Dataset> iceberg(Map<String, String> options) {
        String database = options.getOrDefault("catalog-database", "");
        String table = options.getOrDefault("catalog-table", "");
        if ("rest".equals(options.get("catalog-type"))) {
            URI uri = URI.create(options.getOrDefault("uri", ""));
            String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("/+$", "");
            return place(uri.getScheme() + "://", authority(uri) + path, database + "." + table);
        }
        return Optional.ofNullable(options.get("warehouse"))
                .map(folder -> file(folder.replaceFirst("/+$", "") + "/" + database + "/" + table));
    }

    /** In an object store the name is a key, which begins with no slash. */
    private static Dataset file(String path) {
        URI uri = URI.create(path.replace(" ", "%20"));
        String scheme = uri.getScheme() == null ? "file" : uri.getScheme();
        String name = String.valueOf(uri.getPath());
        return switch (scheme) {
            case "file" -> new Dataset("file", name, List.of());
            case "s3", "s3a", "s3n" -> new Dataset("s3://" + authority(uri), name.replaceFirst("^/+", ""), List.of());
            case "gs", "abfs", "abfss", "wasb", "wasbs" ->
                new Dataset(scheme + "://" + authority(uri), name.replaceFirst("^/+", ""), List.of());
            default -> new Dataset(scheme + "://" + authority(uri), name, List.of());
        };
    }

    /** Without a user. */
    private static String authority(URI uri) {
        String all = uri.getAuthority() == null ? "" : uri.getAuthority();
        return all.substring(all.lastIndexOf('@') + 1);
    }
}
