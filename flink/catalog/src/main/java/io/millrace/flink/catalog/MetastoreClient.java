package io.millrace.flink.catalog;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.api.Json;
import io.millrace.api.access.GrantView;
import io.millrace.api.access.RevocationView;
import io.millrace.api.catalog.CatalogView;
import io.millrace.api.catalog.DatabaseView;
import io.millrace.api.catalog.Drop;
import io.millrace.api.catalog.FoundTables;
import io.millrace.api.catalog.FunctionView;
import io.millrace.api.catalog.FunctionWrite;
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
import io.millrace.api.problem.Problem;
import io.millrace.api.sql.GrantQuestion;
import io.millrace.api.sql.GrantStatement;
import io.millrace.api.sql.NewAuthorization;
import io.millrace.api.sql.ObjectUse;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Speaks the server's internal API. Immutable and safe for use by several threads; each method is one request,
 * but for what {@link StatementTables} knows already,
 * fails with {@link MetastoreException}, and never puts a token or an option's value into a message.
 */
public final class MetastoreClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Shared, because a client of the JDK holds threads and catalogs come and go with sessions. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** Says for whom the statement runs that a request is part of. */
    private static final String CAPABILITY = "Millrace-Capability";

    private static final TypeReference<List<CatalogView>> CATALOGS = new TypeReference<>() {};
    private static final TypeReference<CatalogView> CATALOG = new TypeReference<>() {};
    private static final TypeReference<List<DatabaseView>> DATABASES = new TypeReference<>() {};
    private static final TypeReference<DatabaseView> DATABASE = new TypeReference<>() {};
    private static final TypeReference<List<TableSummary>> TABLES = new TypeReference<>() {};
    private static final TypeReference<TableView> TABLE = new TypeReference<>() {};
    private static final TypeReference<List<FunctionView>> FUNCTIONS = new TypeReference<>() {};
    private static final TypeReference<FunctionView> FUNCTION = new TypeReference<>() {};
    private static final TypeReference<ResolvedTable> RESOLVED = new TypeReference<>() {};
    private static final TypeReference<FoundTables> FOUND = new TypeReference<>() {};
    private static final TypeReference<ResolvedTables> ALL_RESOLVED = new TypeReference<>() {};

    private static final TypeReference<RevocationView> REVOKED = new TypeReference<>() {};
    private static final TypeReference<List<GrantView>> LISTED_GRANTS = new TypeReference<>() {};
    private static final String GRANTS = "/grants";
    private static final String REVOCATIONS = "/revocations";
    private static final String CHECK = "?check=true";

    private static final TypeReference<@Nullable Void> NOTHING = new TypeReference<>() {};

    private final String base;
    private final String token;

    public MetastoreClient(URI base, String token) {
        String text = requireNonNull(base, "base").toString();
        this.base = (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/internal/v1";
        this.token = requireNonNull(token, "token");
    }

    /** Takes address and token from the process's Flink configuration. */
    public static MetastoreClient of(ReadableConfig config) {
        String url = required(config.get(MetastoreOptions.URL), MetastoreOptions.URL.key());
        Path file = Path.of(required(config.get(MetastoreOptions.TOKEN_FILE), MetastoreOptions.TOKEN_FILE.key()));
        try {
            return new MetastoreClient(URI.create(url), Files.readString(file).strip());
        } catch (IOException e) {
            throw new ValidationException(
                    "The file that '" + MetastoreOptions.TOKEN_FILE.key() + "' names cannot be read.", e);
        }
    }

    private static String required(@Nullable String value, String key) {
        if (value == null) {
            throw new ValidationException("The Flink configuration lacks '" + key + "'.");
        }
        return value;
    }

    public List<CatalogView> catalogs() {
        return send("GET", "/catalogs", null, null, CATALOGS);
    }

    public CatalogView catalog(String catalog) {
        return send("GET", "/catalogs" + path(catalog), null, null, CATALOG);
    }

    public List<DatabaseView> databases(String catalog) {
        return send("GET", databasesPath(catalog), null, null, DATABASES);
    }

    public DatabaseView database(String catalog, String database) {
        return send("GET", databasesPath(catalog) + path(database), null, null, DATABASE);
    }

    public DatabaseView createDatabase(String catalog, NewDatabase database) {
        return change("POST", databasesPath(catalog), database, null, DATABASE);
    }

    public void dropDatabase(String catalog, String database, boolean cascade) {
        change("DELETE", databasesPath(catalog) + path(database) + "?cascade=" + cascade, drop(), null, DATABASE);
    }

    public List<TableSummary> tables(String catalog, String database) {
        return send("GET", tablesPath(catalog, database), null, null, TABLES);
    }

    /** The address of the internal API. */
    String server() {
        return base;
    }

    public TableView table(String catalog, String database, String table) {
        return StatementTables.find(
                this,
                new TableKey(catalog, database, table),
                () -> send("GET", tablesPath(catalog, database) + path(table), null, null, TABLE));
    }

    /** Several tables; at most {@link NewLookup#MOST}. */
    FoundTables lookUp(List<TableKey> tables) {
        return send("POST", "/lookups", new NewLookup(tables), null, FOUND);
    }

    public TableView createTable(String catalog, String database, TableDefinition table) {
        return change("POST", tablesPath(catalog, database), write(table), null, TABLE);
    }

    /** Replaces the definition of version {@code basedOn}; another name in the definition renames the table. */
    public TableView replaceTable(
            String catalog, String database, String table, TableDefinition definition, long basedOn) {
        return change("PUT", tablesPath(catalog, database) + path(table), write(definition), basedOn, TABLE);
    }

    public void dropTable(String catalog, String database, String table) {
        change("DELETE", tablesPath(catalog, database) + path(table), drop(), null, TABLE);
    }

    /** The statement that makes a table or view as it is. */
    public String ddl(String catalog, String database, String table) {
        TableView view = send("GET", tablesPath(catalog, database) + path(table) + "?ddl=true", null, null, TABLE);
        return requireNonNull(view.ddl(), "ddl");
    }

    /** Those of a database; none if there is no such database. */
    public List<FunctionView> functions(String catalog, String database) {
        return send("GET", functionsPath(catalog, database), null, null, FUNCTIONS);
    }

    public FunctionView function(String catalog, String database, String function) {
        return send("GET", functionsPath(catalog, database) + path(function), null, null, FUNCTION);
    }

    public FunctionView createFunction(String catalog, String database, String function, String className) {
        FunctionWrite body = write(function, className);
        return send("POST", functionsPath(catalog, database), body, null, FUNCTION);
    }

    /** Has the function of version {@code basedOn} name another class. */
    public FunctionView alterFunction(
            String catalog, String database, String function, String className, long basedOn) {
        FunctionWrite body = write(function, className);
        return send("PUT", functionsPath(catalog, database) + path(function), body, basedOn, FUNCTION);
    }

    public void dropFunction(String catalog, String database, String function) {
        send("DELETE", functionsPath(catalog, database) + path(function), drop(), null, FUNCTION);
    }

    /** The real connector's options behind a reference. */
    public ResolvedTable resolve(String ref) {
        return send("GET", "/resolutions?ref=" + encode(ref), null, null, RESOLVED);
    }

    /** The same for several; at most {@link NewLookup#MOST}. */
    ResolvedTables resolve(List<String> refs) {
        return send("POST", "/resolutions", new NewResolutions(refs), null, ALL_RESOLVED);
    }

    /** Asks whether a statement may do all this; fails with ACCESS_DENIED, which names what is missing. */
    public void authorize(List<ObjectUse> uses) {
        List<ObjectUse> open = StatementTables.undecided(this, uses);
        if (!open.isEmpty()) {
            send("POST", "/authorizations", new NewAuthorization(open), null, NOTHING);
            StatementTables.allowed(this, open);
        }
    }

    /** Says that a statement that may do all this is about to. */
    public void use(List<ObjectUse> uses) {
        if (!uses.isEmpty()) {
            send("POST", "/uses", new NewAuthorization(uses), null, NOTHING);
        }
    }

    /** Gives or denies privileges to all of the grantees, or fails. */
    public void grant(GrantStatement statement) {
        send("POST", GRANTS, statement, null, NOTHING);
    }

    /** Takes back what was given or denied, and says how many grants there were. */
    public int revoke(GrantStatement statement) {
        return send("POST", REVOCATIONS, statement, null, REVOKED).removed();
    }

    /** Fails as {@link #grant} would; changes nothing. */
    public void checkGrant(GrantStatement statement) {
        send("POST", GRANTS + CHECK, statement, null, NOTHING);
    }

    /** Fails as {@link #revoke} would; changes nothing. */
    public void checkRevocation(GrantStatement statement) {
        send("POST", REVOCATIONS + CHECK, statement, null, NOTHING);
    }

    public List<GrantView> grants(GrantQuestion question) {
        return send("POST", "/grant-lookups", question, null, LISTED_GRANTS);
    }

    private static @Nullable String statement() {
        return StatementText.current().map(StatementText::text).orElse(null);
    }

    private static TableWrite write(TableDefinition definition) {
        return new TableWrite(definition, statement());
    }

    private static Drop drop() {
        return new Drop(statement());
    }

    private static FunctionWrite write(String function, String className) {
        return new FunctionWrite(function, className, statement());
    }

    /** Whatever comes of it, what the statement knows of the catalogs may be outdated. */
    private <T> T change(
            String method, String path, @Nullable Object body, @Nullable Long basedOn, TypeReference<T> type) {
        StatementTables.forget();
        return send(method, path, body, basedOn, type);
    }

    private <T> T send(
            String method, String path, @Nullable Object body, @Nullable Long basedOn, TypeReference<T> type) {
        HttpResponse<byte[]> response = exchange(request(method, path, body, basedOn));
        if (response.statusCode() / 100 != 2) {
            throw refusal(response);
        }
        Notices.take(response.headers());
        return read(response, type);
    }

    private HttpRequest request(String method, String path, @Nullable Object body, @Nullable Long basedOn) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
        Acting.current().ifPresent(capability -> request.header(CAPABILITY, capability));
        if (basedOn != null) {
            request.header("If-Match", "\"" + basedOn + "\"");
        }
        if (body == null) {
            return request.method(method, BodyPublishers.noBody()).build();
        }
        try {
            byte[] json = Json.strict().writeValueAsBytes(body);
            return request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(json))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a wire record cannot be written", e);
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new MetastoreException(
                    "METASTORE_UNAVAILABLE",
                    503,
                    "The Millrace server does not answer at " + base
                            + ". See `millrace status`; the statement can be repeated once it is back.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MetastoreException("METASTORE_UNAVAILABLE", 503, "The statement was cancelled.", e);
        }
    }

    private static <T> T read(HttpResponse<byte[]> response, TypeReference<T> type) {
        try {
            byte[] body = response.body().length == 0 ? "null".getBytes(StandardCharsets.UTF_8) : response.body();
            return Json.lenient().readValue(body, type);
        } catch (IOException e) {
            throw new MetastoreException(
                    "METASTORE_UNAVAILABLE", 503, "The Millrace server's answer cannot be understood.", e);
        }
    }

    private static MetastoreException refusal(HttpResponse<byte[]> response) {
        try {
            Problem problem = Json.lenient().readValue(response.body(), Problem.class);
            if (problem != null && problem.code() != null && problem.detail() != null) {
                return new MetastoreException(problem.code(), response.statusCode(), problem.detail());
            }
        } catch (IOException e) {
            // Not a problem document, hence not from our server's code: the status is all there is to say.
        }
        return new MetastoreException(
                "METASTORE_UNAVAILABLE",
                response.statusCode(),
                "The Millrace server answered with HTTP status " + response.statusCode() + ".");
    }

    private static String databasesPath(String catalog) {
        return "/catalogs" + path(catalog) + "/databases";
    }

    private static String tablesPath(String catalog, String database) {
        return databasesPath(catalog) + path(database) + "/tables";
    }

    private static String functionsPath(String catalog, String database) {
        return databasesPath(catalog) + path(database) + "/functions";
    }

    private static String path(String segment) {
        return "/" + encode(segment);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
