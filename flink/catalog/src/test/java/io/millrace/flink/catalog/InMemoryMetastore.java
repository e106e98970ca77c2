package io.millrace.flink.catalog;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.api.Json;
import io.millrace.api.catalog.CatalogView;
import io.millrace.api.catalog.ColumnView;
import io.millrace.api.catalog.DatabaseView;
import io.millrace.api.catalog.Drop;
import io.millrace.api.catalog.FoundTables;
import io.millrace.api.catalog.NewDatabase;
import io.millrace.api.catalog.NewLookup;
import io.millrace.api.catalog.NewResolutions;
import io.millrace.api.catalog.ResolvedTable;
import io.millrace.api.catalog.ResolvedTables;
import io.millrace.api.catalog.TableDefinition;
import io.millrace.api.catalog.TableKey;
import io.millrace.api.catalog.TableSummary;
import io.millrace.api.catalog.TableView;
import io.millrace.api.catalog.TableWrite;
import io.millrace.api.sql.NewAuthorization;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The server's internal API over maps, on a free port of the loopback address: what the catalog's and the gateway's
 * tests talk to. Catalog {@code warehouse} stores CSV files below a folder, with a platform option that must never
 * be seen; catalog {@code kafka} generates rows.
 */
public final class InMemoryMetastore implements AutoCloseable {
    /** A platform option's value: a test fails when it shows up anywhere. */
    public static final String SECRET = "s3cr3t-platform-value";

    public static final String TOKEN = "metastore-token";

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer takes 40 ms
    }

    private final Path root;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Map<String, Map<String, Map<String, TableView>>> catalogs = new TreeMap<>();
    private final Map<String, Function<TableView, Map<String, String>>> stores = new ConcurrentHashMap<>();
    private final List<String> statements = new ArrayList<>();
    private final Decisions decisions = new Decisions();
    private final List<String> requests = new ArrayList<>();
    private final Set<String> down = new HashSet<>();
    private final InMemoryFunctions functions = new InMemoryFunctions();
    private long ids;

    private InMemoryMetastore(Path root) throws IOException {
        this.root = root;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/internal/v1/", this::handle);
        http.setExecutor(threads);
        catalogs.put("kafka", new TreeMap<>(Map.of("main", new TreeMap<>())));
        catalogs.put("warehouse", new TreeMap<>(Map.of("default", new TreeMap<>())));
    }

    public static InMemoryMetastore start(Path root) {
        try {
            InMemoryMetastore metastore = new InMemoryMetastore(root);
            Files.writeString(metastore.tokenFile(), TOKEN + "\n");
            metastore.http.start();
            return metastore;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a Flink process needs to use this metastore. */
    public Map<String, String> flinkConfig() {
        return Map.of(
                "table.catalog-store.kind",
                "millrace",
                MetastoreOptions.URL.key(),
                url().toString(),
                MetastoreOptions.TOKEN_FILE.key(),
                tokenFile().toString());
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** A catalog with one database, whose tables get their platform options from {@code store}. */
    synchronized void addCatalog(String name, String database, Function<TableView, Map<String, String>> store) {
        catalogs.put(name, new TreeMap<>(Map.of(database, new TreeMap<>())));
        stores.put(name, store);
    }

    public synchronized TableView stored(String catalog, String database, String table) {
        return find(databases(catalog), database, table);
    }

    /** Puts in a function without asking whether there is such a class. */
    public synchronized void addFunction(String catalog, String database, String function, String className) {
        functions.add(catalog, database, function, className);
    }

    private Path tokenFile() {
        return root.resolve("metastore.token");
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        int status;
        Object answer;
        try (exchange) {
            try {
                answer = route(exchange);
                status = answer == null ? 204 : exchange.getRequestMethod().equals("POST") ? 201 : 200;
            } catch (Refusal e) {
                status = e.status();
                answer = e.problem();
            }
            byte[] body = answer == null ? new byte[0] : Json.strict().writeValueAsBytes(answer);
            if (exchange.getRequestMethod().equals("DELETE")) {
                exchange.getResponseHeaders().add(Notices.HEADER, "Job%20%27reader%27%20reads%20it.");
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized @Nullable Object route(HttpExchange exchange) throws IOException {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            throw new Refusal(401, "ACCESS_DENIED", "wrong token");
        }
        List<String> path = Requests.path(exchange);
        requests.add(exchange.getRequestMethod() + " " + String.join("/", path));
        return switch (path.get(0)) {
            case "lookups" ->
                new FoundTables(Requests.body(exchange, NewLookup.class).tables().stream()
                        .map(this::found)
                        .toList());
            case "resolutions" -> resolutions(exchange);
            case "uses" -> null;
            case "authorizations" -> decisions.on(Requests.body(exchange, NewAuthorization.class));
            default -> catalogs(exchange, path);
        };
    }

    /** What statements asked for, and what they are refused. */
    public Decisions decisions() {
        return decisions;
    }

    private Object resolutions(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        if (query != null) {
            return resolve(URLDecoder.decode(query.substring("ref=".length()), StandardCharsets.UTF_8));
        }
        return new ResolvedTables(Requests.body(exchange, NewResolutions.class).refs().stream()
                .map(this::resolution)
                .toList());
    }

    private @Nullable Object catalogs(HttpExchange exchange, List<String> path) throws IOException {
        if (path.size() == 1) {
            return catalogs.keySet().stream().map(InMemoryMetastore::view).toList();
        }
        String catalog = path.get(1);
        Map<String, Map<String, TableView>> databases = databases(catalog);
        if (path.size() > 4 && path.get(4).equals("functions")) {
            Map<String, TableView> unused = tablesOf(databases, path.get(3));
            return functions.route(exchange, path);
        }
        return switch (path.size()) {
            case 2 -> view(catalog);
            case 3 -> databasesResource(exchange, catalog, databases);
            case 4 -> database(exchange, catalog, path.get(3), databases);
            case 5 -> tables(exchange, catalog, path.get(3), databases);
            default -> table(exchange, path.get(3), path.get(5), databases);
        };
    }

    private FoundTables.Found found(TableKey key) {
        try {
            TableView table = find(databases(key.catalog()), key.database(), key.table());
            return new FoundTables.Found(key, table, null, decisions.allowed(table));
        } catch (Refusal e) {
            return FoundTables.Found.none(key, e.problem());
        }
    }

    private ResolvedTables.Resolution resolution(String ref) {
        try {
            return new ResolvedTables.Resolution(ref, resolve(ref), null);
        } catch (Refusal e) {
            return new ResolvedTables.Resolution(ref, null, e.problem());
        }
    }

    private static CatalogView view(String name) {
        return new CatalogView(name, name, "the " + name);
    }

    private Map<String, Map<String, TableView>> databases(String catalog) {
        if (down.contains(catalog)) {
            throw new Refusal(503, "STORE_UNAVAILABLE", "the store of " + catalog + " does not answer");
        }
        if (!catalogs.containsKey(catalog)) {
            throw new Refusal(404, "CATALOG_NOT_FOUND", "no catalog " + catalog);
        }
        return catalogs.get(catalog);
    }

    private static Map<String, TableView> tablesOf(Map<String, Map<String, TableView>> databases, String database) {
        if (!databases.containsKey(database)) {
            throw new Refusal(404, "DATABASE_NOT_FOUND", "no database " + database);
        }
        return databases.get(database);
    }

    private static TableView find(Map<String, Map<String, TableView>> databases, String database, String table) {
        TableView found = tablesOf(databases, database).get(table);
        if (found == null) {
            throw new Refusal(404, "TABLE_NOT_FOUND", "no table " + table);
        }
        return found;
    }

    private static Object databasesResource(
            HttpExchange exchange, String catalog, Map<String, Map<String, TableView>> databases) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            return databases.keySet().stream()
                    .map(name -> new DatabaseView(catalog, name, ""))
                    .toList();
        }
        NewDatabase body = Requests.body(exchange, NewDatabase.class);
        if (databases.putIfAbsent(body.name(), new TreeMap<>()) != null) {
            throw new Refusal(409, "DATABASE_EXISTS", "database " + body.name() + " exists");
        }
        return new DatabaseView(catalog, body.name(), "");
    }

    private @Nullable Object database(
            HttpExchange exchange, String catalog, String database, Map<String, Map<String, TableView>> databases)
            throws IOException {
        Map<String, TableView> tables = tablesOf(databases, database);
        if (exchange.getRequestMethod().equals("GET")) {
            return new DatabaseView(catalog, database, "");
        }
        boolean cascade = "cascade=true".equals(exchange.getRequestURI().getQuery());
        if (!tables.isEmpty() && !cascade) {
            throw new Refusal(409, "DATABASE_NOT_EMPTY", "database " + database + " has tables");
        }
        statements.add(String.valueOf(Requests.body(exchange, Drop.class).statement()));
        databases.remove(database);
        return null;
    }

    private Object tables(
            HttpExchange exchange, String catalog, String database, Map<String, Map<String, TableView>> databases)
            throws IOException {
        Map<String, TableView> tables = tablesOf(databases, database);
        if (exchange.getRequestMethod().equals("GET")) {
            return tables.values().stream()
                    .map(TableView::definition)
                    .map(table -> new TableSummary(table.name(), table.kind(), ""))
                    .toList();
        }
        TableDefinition body = written(exchange, List.of());
        if (tables.containsKey(body.name())) {
            throw new Refusal(409, "TABLE_EXISTS", "table " + body.name() + " exists");
        }
        String id = "t" + ++ids;
        TableView created = new TableView(id, 1, id + "@1", catalog, database, body);
        tables.put(body.name(), created);
        return created;
    }

    private @Nullable Object table(
            HttpExchange exchange, String database, String table, Map<String, Map<String, TableView>> databases)
            throws IOException {
        TableView found = find(databases, database, table);
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                return "ddl=true".equals(exchange.getRequestURI().getQuery()) ? withDdl(found) : found;
            }
            case "DELETE" -> {
                statements.add(
                        String.valueOf(Requests.body(exchange, Drop.class).statement()));
                tablesOf(databases, database).remove(table);
                return null;
            }
            default -> {
                if (!("\"" + found.version() + "\"")
                        .equals(exchange.getRequestHeaders().getFirst("If-Match"))) {
                    throw new Refusal(409, "STALE_VERSION", "table " + table + " changed meanwhile");
                }
                TableDefinition body = written(exchange, found.definition().columns());
                long version = found.version() + 1;
                TableView next =
                        new TableView(found.id(), version, found.id() + "@" + version, found.catalog(), database, body);
                tablesOf(databases, database).remove(table);
                tablesOf(databases, database).put(body.name(), next);
                return next;
            }
        }
    }

    /** What the server's own statement looks like is the server's business. */
    private static TableView withDdl(TableView table) {
        return new TableView(
                table.id(),
                table.version(),
                table.ref(),
                table.catalog(),
                table.database(),
                table.definition(),
                "CREATE " + table.definition().kind() + " " + table.definition().name() + " of the server",
                null,
                null);
    }

    private ResolvedTable resolve(String ref) {
        TableView table = catalogs.values().stream()
                .flatMap(databases -> databases.values().stream())
                .flatMap(tables -> tables.values().stream())
                .filter(candidate -> candidate.ref().equals(ref))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "TABLE_NOT_FOUND", "no table " + ref));
        Map<String, String> options = new LinkedHashMap<>(table.definition().options());
        Function<TableView, Map<String, String>> store = stores.get(table.catalog());
        if (store != null) {
            options.putAll(store.apply(table));
        } else if (table.catalog().equals("warehouse")) {
            options.put("connector", "filesystem");
            options.put("path", root.resolve(SECRET).resolve(table.id()).toUri().toString());
            options.putIfAbsent("format", "csv");
        } else {
            options.put("connector", "datagen");
            options.remove("topic");
        }
        return new ResolvedTable(ref, options, List.of("csv.*", "scan.*"), Map.of());
    }

    /** The definition, with ids for its columns as the server gives them. */
    private TableDefinition written(HttpExchange exchange, List<ColumnView> before) throws IOException {
        TableWrite write = Requests.body(exchange, TableWrite.class);
        statements.add(String.valueOf(write.statement()));
        TableDefinition body = Requests.checked(write.definition());
        return new TableDefinition(
                body.name(),
                body.kind(),
                ColumnIds.given(body.columns(), before),
                body.primaryKey(),
                body.watermarks(),
                body.partitionKeys(),
                body.options(),
                body.comment(),
                body.view());
    }

    /** From now on the store behind a catalog does not answer. */
    synchronized void takeDown(String catalog) {
        down.add(catalog);
    }

    /** What was asked since the last call of this, as method and path, in its order. */
    public synchronized List<String> takeRequests() {
        List<String> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    /** The texts of the statements that changed tables, in their order. */
    public synchronized List<String> statements() {
        return List.copyOf(statements);
    }
}
