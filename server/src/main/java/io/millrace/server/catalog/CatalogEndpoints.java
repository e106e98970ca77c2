package io.millrace.server.catalog;

import io.millrace.api.catalog.CatalogView;
import io.millrace.api.catalog.DatabaseView;
import io.millrace.api.catalog.Drop;
import io.millrace.api.catalog.FoundTables;
import io.millrace.api.catalog.NewDatabase;
import io.millrace.api.catalog.NewLookup;
import io.millrace.api.catalog.NewResolutions;
import io.millrace.api.catalog.ResolvedTable;
import io.millrace.api.catalog.ResolvedTables;
import io.millrace.api.catalog.TableKey;
import io.millrace.api.catalog.TableSummary;
import io.millrace.api.catalog.TableView;
import io.millrace.api.catalog.TableWrite;
import io.millrace.api.problem.Problem;
import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.IfMatch;
import io.millrace.server.http.InternalCall;
import io.millrace.server.http.InternalEndpoints;
import io.millrace.server.http.InternalRouter;
import io.millrace.server.http.Problems;
import io.millrace.server.http.StatementActivity;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What Flink's side asks of the catalogs, on the internal API: reads, changes, and the options behind a reference. */
final class CatalogEndpoints implements InternalEndpoints {
    private static final int CREATED = 201;
    private static final String DATABASES = "/catalogs/:catalog/databases";
    static final String DATABASE = DATABASES + "/:database";
    private static final String TABLES = DATABASE + "/tables";
    private static final String TABLE = TABLES + "/:table";

    private final CatalogService service;
    private final TableService tables;
    private final Lookups lookups;
    private final StatementActivity activity;

    CatalogEndpoints(CatalogService service, TableService tables, Lookups lookups, StatementActivity activity) {
        this.service = service;
        this.tables = tables;
        this.lookups = lookups;
        this.activity = activity;
    }

    @Override
    public void mount(InternalRouter router) {
        router.handle("GET", "/catalogs", call -> catalogs());
        router.handle("GET", "/catalogs/:catalog", call -> CatalogViews.of(service.catalog(catalog(call))));
        router.handle("GET", DATABASES, this::databases);
        router.change("POST", DATABASES, "database.create", this::createDatabase);
        router.handle("GET", DATABASE, call -> CatalogViews.of(service.database(database(call))));
        router.change("DELETE", DATABASE, "database.drop", call -> {
            List<String> readers = service.affectedByDrop(database(call));
            service.dropDatabase(
                    catalog(call),
                    database(call).database(),
                    call.query("cascade").map(Boolean::parseBoolean).orElse(false),
                    dropping(call));
            call.notice(readers);
            return null;
        });
        router.handle("GET", TABLES, this::tables);
        router.change("POST", TABLES, "table.create", this::createTable);
        router.handle("GET", TABLE, this::table);
        router.change("PUT", TABLE, "table.replace", this::alterTable);
        router.change("DELETE", TABLE, "table.drop", call -> {
            List<String> readers = service.affectedByDrop(path(call));
            service.dropTable(path(call), dropping(call));
            call.notice(readers);
            return null;
        });
        router.handle("GET", "/resolutions", this::resolve);
        router.handle("POST", "/lookups", this::lookUp);
        router.handle("POST", "/resolutions", this::resolveAll);
    }

    private List<CatalogView> catalogs() {
        return service.catalogs().stream().map(CatalogViews::of).toList();
    }

    private List<DatabaseView> databases(InternalCall call) {
        List<Database> databases = service.databases(catalog(call));
        call.notice(service.outage(catalog(call)));
        return databases.stream().map(CatalogViews::of).toList();
    }

    private DatabaseView createDatabase(InternalCall call) {
        NewDatabase wanted = call.body(NewDatabase.class);
        DatabaseName name = CatalogViews.name(wanted.name(), DatabaseName::new);
        String comment = wanted.comment() == null ? "" : wanted.comment();
        Database created = service.createDatabase(new DatabasePath(catalog(call), name), comment);
        call.status(CREATED);
        return CatalogViews.of(created);
    }

    private List<TableSummary> tables(InternalCall call) {
        List<ListedTable> tables = service.tables(database(call), TableFilter.ALL);
        call.notice(service.outage(catalog(call)));
        return tables.stream().map(CatalogViews::of).toList();
    }

    /** As it is now; with the statement that makes it, if that is asked for. */
    private TableView table(InternalCall call) {
        Table table = service.known(path(call)).table();
        call.etag(table.version());
        call.notice(service.outage(catalog(call)));
        boolean ddl = call.query("ddl").map(Boolean::parseBoolean).orElse(false);
        return ddl ? TableViews.withDdl(table) : CatalogViews.of(table);
    }

    private TableView createTable(InternalCall call) {
        TableWrite write = call.body(TableWrite.class);
        TableName name = CatalogViews.name(write.definition().name(), TableName::new);
        TableSpec spec = CatalogViews.spec(write.definition());
        Table created = service.createTable(database(call).table(name), spec, origin(call, write.statement()));
        call.status(CREATED);
        call.notice(tables.sharing(created));
        return view(call, created);
    }

    private TableView alterTable(InternalCall call) {
        IfMatch match = IfMatch.required(call.ifMatch().orElse(null));
        TableWrite write = call.body(TableWrite.class);
        Alteration alteration = CatalogViews.alteration(write.definition());
        List<String> affected = service.affectedByChange(path(call), alteration);
        Table altered = service.alterTable(path(call), alteration, match::check, origin(call, write.statement()));
        call.notice(affected);
        return view(call, altered);
    }

    private ResolvedTable resolve(InternalCall call) {
        TableRef ref = ref(call.query("ref").orElse(""));
        Lookups.Answer<TableRef, Lookups.Resolved> answer =
                lookups.resolve(List.of(ref)).get(0);
        answer.failure().ifPresent(failure -> {
            throw failure;
        });
        return resolved(ref, answer.value().orElseThrow(), new HashMap<>());
    }

    private FoundTables lookUp(InternalCall call) {
        List<TableKey> wanted = most(call.body(NewLookup.class).tables());
        List<FoundTables.Found> answer = new ArrayList<>();
        Map<TablePath, TableKey> paths = new LinkedHashMap<>();
        for (TableKey key : wanted) {
            try {
                paths.put(path(key), key);
            } catch (MillraceException e) {
                answer.add(FoundTables.Found.none(key, problem(e)));
            }
        }
        List<Lookups.Answer<TablePath, Table>> found = lookups.find(paths.keySet());
        activity.hidden(call);
        found.forEach(each -> answer.add(new FoundTables.Found(
                paths.get(each.key()),
                each.value().map(CatalogViews::of).orElse(null),
                each.failure().map(e -> problem(e)).orElse(null),
                each.value().map(lookups::allowed).orElse(List.of()))));
        call.notice(service.notices(found.stream()
                .flatMap(each -> each.value().stream())
                .filter(table -> !table.spec().isView())
                .map(table -> table.path().parent())));
        return new FoundTables(answer);
    }

    private ResolvedTables resolveAll(InternalCall call) {
        List<TableRef> refs = most(call.body(NewResolutions.class).refs()).stream()
                .distinct()
                .map(CatalogEndpoints::ref)
                .toList();
        Map<String, List<String>> hintable = new HashMap<>();
        List<Lookups.Answer<TableRef, Lookups.Resolved>> found = lookups.resolve(refs);
        activity.hidden(call);
        return new ResolvedTables(found.stream()
                .map(each -> new ResolvedTables.Resolution(
                        each.key().toString(),
                        each.value()
                                .map(resolved -> resolved(each.key(), resolved, hintable))
                                .orElse(null),
                        each.failure().map(e -> problem(e)).orElse(null)))
                .toList());
    }

    private ResolvedTable resolved(TableRef ref, Lookups.Resolved resolved, Map<String, List<String>> hintable) {
        Map<String, String> denied = new HashMap<>();
        resolved.denied().forEach((privilege, sentence) -> denied.put(privilege.name(), sentence));
        return new ResolvedTable(
                ref.toString(),
                resolved.options(),
                hintable.computeIfAbsent(connector(resolved.options()), service::hintable),
                denied);
    }

    private static <T> List<T> most(List<T> asked) {
        if (asked.size() > NewLookup.MOST) {
            throw new MillraceException(
                    ErrorCode.REQUEST_INVALID, "Ask for at most " + NewLookup.MOST + " tables at a time.");
        }
        return asked;
    }

    private static TableRef ref(String text) {
        return TableRef.parse(text)
                .orElseThrow(() ->
                        new MillraceException(ErrorCode.TABLE_NOT_FOUND, "'" + text + "' is no reference to a table."));
    }

    private static String connector(Map<String, String> options) {
        return String.valueOf(options.get("connector"));
    }

    private static Problem problem(MillraceException failure) {
        return Problems.of(failure, null, null);
    }

    private static TableView view(InternalCall call, Table table) {
        call.etag(table.version());
        return CatalogViews.of(table);
    }

    static Origin origin(InternalCall call, @Nullable String statement) {
        return new Origin(call.caller(), Optional.ofNullable(statement));
    }

    static Origin dropping(InternalCall call) {
        return origin(call, call.bodyIfAny(Drop.class).map(Drop::statement).orElse(null));
    }

    private static CatalogName catalog(InternalCall call) {
        return catalog(call.path("catalog"));
    }

    private static CatalogName catalog(String name) {
        return name(name, ErrorCode.CATALOG_NOT_FOUND, CatalogName::new);
    }

    static DatabasePath database(InternalCall call) {
        return database(catalog(call), call.path("database"));
    }

    private static DatabasePath database(CatalogName catalog, String name) {
        return new DatabasePath(catalog, name(name, ErrorCode.DATABASE_NOT_FOUND, DatabaseName::new));
    }

    private static TablePath path(InternalCall call) {
        return table(database(call), call.path("table"));
    }

    private static TablePath path(TableKey key) {
        return table(database(catalog(key.catalog()), key.database()), key.table());
    }

    private static TablePath table(DatabasePath database, String name) {
        return database.table(name(name, ErrorCode.TABLE_NOT_FOUND, TableName::new));
    }

    /** What cannot be a name names nothing. */
    static <T> T name(String name, ErrorCode absent, Function<String, T> type) {
        try {
            return type.apply(name);
        } catch (IllegalArgumentException e) {
            throw new MillraceException(absent, String.valueOf(e.getMessage()));
        }
    }
}
