package io.millrace.flink.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.api.catalog.FoundTables;
import io.millrace.api.catalog.FunctionView;
import io.millrace.api.catalog.NewLookup;
import io.millrace.api.catalog.ResolvedTable;
import io.millrace.api.catalog.ResolvedTables;
import io.millrace.api.catalog.TableKey;
import io.millrace.api.catalog.TableView;
import io.millrace.api.catalog.ViewText;
import io.millrace.api.problem.Problem;
import io.millrace.api.sql.ObjectRef;
import io.millrace.api.sql.ObjectUse;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The tables that the statement on this thread mentions. Flink asks for each of them several times and one after the
 * other; here the first question fetches all of them in one request, those behind views in one more for each level, and
 * the first source or sink fetches all options in another. What the server has allowed meanwhile is not asked again.
 *
 * <p>Nothing outlives the statement, and no other thread sees it. What was not mentioned is asked for alone, and all
 * answers are forgotten when the statement changes a catalog itself.
 */
public final class StatementTables {
    private static final int ABSENT = 404;
    private static final int UNAVAILABLE = 503;

    private static final ThreadLocal<@Nullable StatementTables> CURRENT = new ThreadLocal<>();

    private final Function<String, List<TableKey>> ofView;
    private final Set<TableKey> mentioned = new LinkedHashSet<>();
    private final Map<TableKey, FoundTables.Found> found = new HashMap<>();
    private final Map<List<String>, Boolean> databases = new HashMap<>();
    private final Map<Object, Object> made = new HashMap<>();
    private final Set<String> refs = new LinkedHashSet<>();
    private final Map<String, ResolvedTables.Resolution> resolved = new HashMap<>();
    private final Map<TableKey, TableView> handedOut = new LinkedHashMap<>();
    private final Set<ObjectUse> allowed = new HashSet<>();
    private final Set<ObjectRef> tables = new LinkedHashSet<>();
    private final Set<ObjectRef> functions = new LinkedHashSet<>();

    /** The server that all of this is of; null until one is asked. */
    private @Nullable String server;

    private StatementTables(Function<String, List<TableKey>> ofView) {
        this.ofView = ofView;
    }

    /**
     * Runs {@code work}, which plans one statement, or several that change nothing.
     *
     * @param ofView the tables that the query of a view mentions, all identifiers of which are expanded
     */
    public static <T> T during(Function<String, List<TableKey>> ofView, Supplier<T> work) {
        StatementTables before = CURRENT.get();
        CURRENT.set(new StatementTables(requireNonNull(ofView, "ofView")));
        try {
            return ServiceLists.during(work);
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** Adds tables that are likely to be asked for; whether there are such does not matter. */
    public static void mention(Collection<TableKey> tables) {
        current().ifPresent(current -> current.add(tables));
    }

    /** Fails as {@code alone} would have, which asks for this table only. */
    static TableView find(MetastoreClient client, TableKey key, Supplier<TableView> alone) {
        StatementTables current = CURRENT.get();
        return current == null || !current.isOf(client) ? alone.get() : current.table(client, key, alone);
    }

    /** Whether a database is there; fails as {@code alone} would have, which asks for this database only. */
    static boolean hasDatabase(MetastoreClient client, String catalog, String database, Supplier<Boolean> alone) {
        StatementTables current = CURRENT.get();
        if (current == null || !current.isOf(client)) {
            return alone.get();
        }
        return current.hasTables(client, catalog, database)
                || current.databases.computeIfAbsent(List.of(catalog, database), unused -> alone.get());
    }

    /** Fails as a question for this reference alone would have. */
    static ResolvedTable resolve(Supplier<MetastoreClient> client, String ref) {
        return current()
                .flatMap(current -> current.resolution(client, ref))
                .orElseGet(() -> client.get().resolve(ref));
    }

    /** What {@code make} makes, the same for the length of the statement. */
    static Object once(Object key, Supplier<Object> make) {
        StatementTables current = CURRENT.get();
        return current == null ? make.get() : current.made.computeIfAbsent(key, unused -> make.get());
    }

    /**
     * The tables and views that were asked for since the last call. The planner puts the queries of views in place of
     * them, and the columns of the table after LIKE, so that nothing but this tells that they were there.
     */
    public static Map<TableKey, TableView> take() {
        StatementTables current = CURRENT.get();
        if (current == null) {
            return Map.of();
        }
        Map<TableKey, TableView> taken = Map.copyOf(current.handedOut);
        current.handedOut.clear();
        return taken;
    }

    /** All tables and views that were asked for since the statement began, as they were found. */
    public static List<ObjectRef> tables() {
        return current().map(current -> List.copyOf(current.tables)).orElse(List.of());
    }

    /** The same of functions. */
    public static List<ObjectRef> functions() {
        return current().map(current -> List.copyOf(current.functions)).orElse(List.of());
    }

    /** A function was found. */
    static void calls(FunctionView function) {
        String ref = function.id() + "@" + function.version();
        String artifact = FunctionClasses.artifact(function.className()).orElse(null);
        current()
                .ifPresent(current -> current.functions.add(
                        new ObjectRef(function.catalog(), function.database(), function.name(), ref, false, artifact)));
    }

    /** Those about which the server has not said yes, since the statement began. */
    static List<ObjectUse> undecided(MetastoreClient client, List<ObjectUse> uses) {
        return current()
                .filter(current -> current.isOf(client))
                .map(current -> uses.stream()
                        .filter(use -> !current.allowed.contains(byRef(use)))
                        .toList())
                .orElse(uses);
    }

    /** The server said yes. */
    static void allowed(MetastoreClient client, List<ObjectUse> uses) {
        current()
                .filter(current -> current.isOf(client))
                .ifPresent(current -> uses.forEach(use -> current.allowed.add(byRef(use))));
    }

    /** What a table is called does not matter where its reference is known. */
    private static ObjectUse byRef(ObjectUse use) {
        String ref = use.ref();
        return ref == null ? use : tableUse(ref, use.privilege());
    }

    private static ObjectUse tableUse(String ref, String privilege) {
        return new ObjectUse("TABLE", "", "", "", ref, privilege);
    }

    /** A catalog was changed, or may have been. */
    static void forget() {
        current().ifPresent(StatementTables::clear);
    }

    private static Optional<StatementTables> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    private void add(Collection<TableKey> tables) {
        tables.stream().filter(table -> !found.containsKey(table)).forEach(mentioned::add);
    }

    private TableView table(MetastoreClient client, TableKey key, Supplier<TableView> alone) {
        if (mentioned.contains(key)) {
            fetch(client);
        }
        FoundTables.Found answer = found.get(key);
        if (answer == null) {
            answer = ask(key, alone);
            take(answer);
        }
        TableView table = either(answer.table(), answer.problem()).orElseGet(alone);
        handedOut.put(key, table);
        tables.add(new ObjectRef(
                table.catalog(), table.database(), table.definition().name(), table.ref(), false));
        return table;
    }

    /** Calcite looks for the first part of a name everywhere, again and again: that nothing is there is an answer too. */
    private static FoundTables.Found ask(TableKey key, Supplier<TableView> alone) {
        try {
            return new FoundTables.Found(key, alone.get(), null, List.of());
        } catch (MetastoreException e) {
            if (e.status() != ABSENT) {
                throw e;
            }
            return FoundTables.Found.none(key, problem(e));
        }
    }

    private static Problem problem(MetastoreException e) {
        return new Problem("", "", e.status(), String.valueOf(e.getMessage()), null, e.code(), null, List.of());
    }

    private boolean hasTables(MetastoreClient client, String catalog, String database) {
        if (mentioned.stream().anyMatch(key -> isIn(key, catalog, database))) {
            fetch(client);
        }
        List<FoundTables.Found> answers = found.values().stream()
                .filter(each -> isIn(each.key(), catalog, database))
                .toList();
        for (FoundTables.Found each : answers) {
            Problem problem = each.problem();
            if (problem != null && problem.status() == UNAVAILABLE) {
                throw failure(problem); // a store that is down is asked no second time
            }
        }
        return answers.stream().anyMatch(each -> each.table() != null);
    }

    private static boolean isIn(TableKey key, String catalog, String database) {
        return key.catalog().equals(catalog) && key.database().equals(database);
    }

    private void fetch(MetastoreClient client) {
        while (!mentioned.isEmpty()) {
            List<TableKey> some = mentioned.stream().limit(NewLookup.MOST).toList();
            some.forEach(mentioned::remove);
            together(() -> client.lookUp(some))
                    .ifPresent(answer -> answer.tables().forEach(this::take));
        }
    }

    private void take(FoundTables.Found answer) {
        found.put(answer.key(), answer);
        TableView table = answer.table();
        if (table == null) {
            return;
        }
        answer.allowed().forEach(privilege -> allowed.add(tableUse(table.ref(), privilege)));
        ViewText view = table.definition().view();
        if (view == null) {
            refs.add(table.ref());
        } else {
            add(ofView.apply(view.expanded()));
        }
    }

    private Optional<ResolvedTable> resolution(Supplier<MetastoreClient> client, String ref) {
        if (refs.contains(ref)) {
            List<String> some = refs.stream().limit(NewLookup.MOST).toList();
            some.forEach(refs::remove);
            together(() -> client.get().resolve(some))
                    .ifPresent(answer -> answer.tables().forEach(each -> resolved.put(each.ref(), each)));
        }
        ResolvedTables.Resolution answer = resolved.get(ref);
        return answer == null ? Optional.empty() : either(answer.table(), answer.problem());
    }

    /** A request for many that fails says nothing of each, unless nobody answers at all. */
    private static <T> Optional<T> together(Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (MetastoreException e) {
            if (e.status() == UNAVAILABLE) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static <T> Optional<T> either(@Nullable T value, @Nullable Problem problem) {
        if (problem != null) {
            throw failure(problem);
        }
        return Optional.ofNullable(value);
    }

    private static MetastoreException failure(Problem problem) {
        return new MetastoreException(problem.code(), problem.status(), problem.detail());
    }

    private boolean isOf(MetastoreClient client) {
        if (server == null) {
            server = client.server();
        }
        return server.equals(client.server());
    }

    private void clear() {
        made.clear();
        mentioned.clear();
        found.clear();
        databases.clear();
        refs.clear();
        resolved.clear();
        allowed.clear();
    }
}
