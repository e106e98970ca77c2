package io.millrace.server.connection;

import io.millrace.core.connection.Connection;
import io.millrace.core.connection.ConnectionChange;
import io.millrace.core.connection.ConnectionChange.What;
import io.millrace.core.connection.ConnectionFields;
import io.millrace.core.connection.ConnectionId;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.ConnectionName;
import io.millrace.core.connection.ConnectionStore;
import io.millrace.core.connection.StoredSecret;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.core.error.Nearest;
import io.millrace.server.connection.ConnectionUse.Tables;
import io.millrace.server.secret.SecretBox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Use cases on connections. */
public final class ConnectionService {
    /** Names that mean something else in SQL. */
    private static final Set<String> RESERVED = Set.of("kafka", "redis", "hbase", "default_catalog", "millrace");

    private final ConnectionStore store;
    private final ManagedConnections managed;
    private final ConnectionRules rules;
    private final SecretBox secrets;
    private final ConnectionUse use;
    private final Supplier<Connection.Author> author;

    ConnectionService(
            ConnectionStore store,
            ManagedConnections managed,
            ConnectionRules rules,
            SecretBox secrets,
            ConnectionUse use,
            Supplier<Connection.Author> author) {
        this.store = store;
        this.managed = managed;
        this.rules = rules;
        this.secrets = secrets;
        this.use = use;
        this.author = author;
    }

    /** Differs after each change of a connection. */
    public long revision() {
        return store.revision();
    }

    /** Those that users made, sorted by name. */
    public List<Connection> all() {
        return store.all();
    }

    /** What is needed to use a connection that users made. */
    public OpenConnection open(Connection connection) {
        return new OpenConnection(
                connection,
                field -> Optional.ofNullable(connection.secrets().get(field))
                        .map(secret -> secrets.open(connection.id().value(), field, secret)),
                rules.reach(connection));
    }

    /** Everything that can be used, sorted by name. */
    List<Listed> list(Optional<ConnectionKind> kind, Optional<String> text) {
        List<Listed> all = new ArrayList<>();
        managed.all().forEach(each -> all.add(new Listed(each.connection(), true)));
        store.all().forEach(each -> all.add(new Listed(each, false)));
        return all.stream()
                .filter(each -> kind.map(each.connection().kind()::equals).orElse(true))
                .filter(each -> text.map(each::contains).orElse(true))
                .sorted(Comparator.comparing(each -> each.connection().name()))
                .toList();
    }

    Listed get(ConnectionName name) {
        return managed.find(name)
                .map(found -> new Listed(found.connection(), true))
                .or(() -> store.find(name).map(found -> new Listed(found, false)))
                .orElseThrow(() -> missing(name));
    }

    /** As {@link #open(Connection)}, those that settings define too. */
    OpenConnection open(ConnectionName name) {
        return managed.find(name)
                .map(found -> new OpenConnection(found.connection(), found.secrets(), Reach.ANYWHERE))
                .orElseGet(() -> open(get(name).connection()));
    }

    /** A connection of this content that is not kept, with its secrets at hand. */
    OpenConnection draft(ConnectionKind kind, ConnectionInput input) {
        ConnectionFields fields = rules.check(kind, input, Set.of());
        Connection connection = made(new ConnectionName("unsaved"), kind, fields, input.comment());
        return new OpenConnection(
                connection,
                field -> Optional.ofNullable(input.secrets().given().get(field))
                        .map(given -> secrets.open(
                                connection.id().value(),
                                field,
                                secrets.seal(connection.id().value(), field, given))),
                rules.reach(connection));
    }

    /** Checks everything; keeps it unless {@code dryRun}. */
    Connection create(ConnectionName name, ConnectionKind kind, ConnectionInput input, boolean dryRun) {
        refuseName(name);
        ConnectionFields fields = rules.check(kind, input, Set.of());
        if (managed.find(name).isPresent() || store.find(name).isPresent()) {
            throw taken(name);
        }
        Connection bare = made(name, kind, new ConnectionFields(Map.of()), "");
        Connection connection = filled(bare, fields, sealed(bare.id(), input, Map.of()), input.comment());
        Set<String> given = connection.differences(bare);
        if (!dryRun && !store.insert(connection, entry(connection, What.CREATED, given))) {
            throw taken(name);
        }
        return connection;
    }

    /**
     * Gives a connection the content that {@code content} makes of its current state; secrets that are not mentioned stay, unless the connection would lead elsewhere. CONNECTION_IN_USE
     * if the new content would exclude registered tables, unless {@code force}.
     */
    Updated update(
            ConnectionName name,
            Function<Connection, ConnectionInput> content,
            LongConsumer basedOn,
            boolean dryRun,
            boolean force) {
        Connection current = editable(name);
        basedOn.accept(current.version());
        ConnectionInput input = content.apply(current);
        Set<String> kept = rules.kept(current, input);
        ConnectionFields fields = rules.check(current.kind(), input, kept);
        rules.refuseSecretsFollowing(current, fields, kept);
        Map<String, StoredSecret> staying = new TreeMap<>(current.secrets());
        staying.keySet().retainAll(kept);
        Connection next = current.changed(fields, sealed(current.id(), input, staying), input.comment(), author.get());
        Set<String> changed = next.differences(current);
        if (changed.isEmpty()) {
            return new Updated(current, List.of());
        }
        List<String> notices = consequences(current, next, force);
        if (!dryRun && !store.replace(next, entry(next, What.CHANGED, changed))) {
            throw stale(name);
        }
        return new Updated(next, notices);
    }

    private List<String> consequences(Connection current, Connection next, boolean force) {
        List<String> notices = new ArrayList<>();
        Tables excluded = excluded(current, next, force);
        if (!excluded.isEmpty()) {
            if (!force) {
                String remedy = "Drop or alter them first, or force the change: then they cannot be used.";
                throw inUse(excluded, "Connection '" + next.name() + "' would not allow tables that are there", remedy);
            }
            notices.add("Tables that the connection no longer allows cannot be used: " + excluded + ".");
        }
        Set<String> moved = rules.moved(current, next.fields());
        if (!moved.isEmpty()) {
            Tables all = use.of(current);
            if (!all.isEmpty()) {
                notices.add("'" + String.join("', '", moved) + "' changes, so these tables lead elsewhere: " + all
                        + ". What runs goes on as it is until its next start.");
            }
        }
        return notices;
    }

    private Tables excluded(Connection current, Connection next, boolean force) {
        try {
            return use.excluded(open(current), open(next));
        } catch (MillraceException e) {
            if (!force) {
                throw new MillraceException(
                        e.code(),
                        e.getMessage()
                                + " So nobody knows which tables the change would exclude: try again, or force it.",
                        e);
            }
            return Tables.of(List.of());
        }
    }

    /** Answers who reads what could be reached by it, in a sentence; nothing if nobody does. */
    List<String> delete(ConnectionName name, LongConsumer basedOn) {
        Connection current = editable(name);
        basedOn.accept(current.version());
        Tables tables = use.release(current);
        if (!tables.isEmpty()) {
            throw inUse(tables, "Tables use connection '" + name + "'", "Drop them first.");
        }
        List<String> readers = use.readers(current);
        if (!store.delete(current, entry(current, What.DELETED, Set.of()))) {
            throw stale(name);
        }
        return readers;
    }

    /** The newest first; also of a connection that was deleted. */
    List<ConnectionChange> history(ConnectionName name, long before, int limit) {
        List<ConnectionChange> changes = store.history(name, before, limit);
        if (changes.isEmpty()
                && managed.find(name).isEmpty()
                && store.find(name).isEmpty()
                && store.history(name, Long.MAX_VALUE, 1).isEmpty()) {
            throw missing(name);
        }
        return changes;
    }

    /** Seals all secrets with the current master key; what fails does not keep the others from being sealed. */
    Rotation rotate() {
        String key = secrets.currentKey();
        int moved = 0;
        List<MillraceException> failures = new ArrayList<>();
        for (Connection each : store.all()) {
            try {
                moved += rotate(each);
            } catch (MillraceException e) {
                failures.add(new MillraceException(e.code(), "Connection '" + each.name() + "': " + e.getMessage()));
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return new Rotation(key, moved);
    }

    /** What is wrong with the master keys, for the log. */
    List<String> keyProblems() {
        try {
            return secrets.problems(store.all().stream().flatMap(each -> each.secrets().values().stream()));
        } catch (MillraceException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private int rotate(Connection connection) {
        Connection current = connection;
        while (true) {
            Optional<Map<String, StoredSecret>> next =
                    secrets.reseal(current.id().value(), current.secrets());
            if (next.isEmpty()) {
                return 0;
            }
            if (store.reseal(current.id(), current.version(), next.get())) {
                Map<String, StoredSecret> before = current.secrets();
                return (int) next.get().entrySet().stream()
                        .filter(each -> !each.getValue().equals(before.get(each.getKey())))
                        .count();
            }
            // Somebody changed it meanwhile; a secret that was given then is sealed with the current key already.
            Optional<Connection> changed = store.find(current.name());
            if (changed.isEmpty()) {
                return 0;
            }
            current = changed.get();
        }
    }

    private Map<String, StoredSecret> sealed(
            ConnectionId id, ConnectionInput input, Map<String, StoredSecret> staying) {
        Map<String, StoredSecret> all = new TreeMap<>(staying);
        input.secrets().given().forEach((field, secret) -> all.put(field, secrets.seal(id.value(), field, secret)));
        return all;
    }

    private Connection made(ConnectionName name, ConnectionKind kind, ConnectionFields fields, String comment) {
        Connection.Author by = author.get();
        var id = new ConnectionId(UUID.randomUUID());
        return new Connection(id, name, kind, fields, Map.of(), comment, 1, by.name(), by.at(), by.at());
    }

    private static Connection filled(
            Connection bare, ConnectionFields fields, Map<String, StoredSecret> sealed, String comment) {
        return new Connection(
                bare.id(),
                bare.name(),
                bare.kind(),
                fields,
                sealed,
                comment,
                1,
                bare.changedBy(),
                bare.createdAt(),
                bare.changedAt());
    }

    private Connection editable(ConnectionName name) {
        Listed found = get(name);
        if (found.managed()) {
            throw new MillraceException(
                    ErrorCode.CONNECTION_MANAGED,
                    "Connection '" + name
                            + "' is defined by the server's settings (millrace.catalog.*); change them, or"
                            + " create a connection of your own.");
        }
        return found.connection();
    }

    private void refuseName(ConnectionName name) {
        if (RESERVED.contains(name.value())) {
            throw new MillraceException(
                    ErrorCode.CONNECTION_INVALID,
                    "'" + name + "' means something else in SQL; choose another name.",
                    List.of(Flaw.at("/name", "is reserved")));
        }
    }

    private ConnectionChange entry(Connection connection, What what, Set<String> fields) {
        return ConnectionChange.of(connection, what, author.get(), fields);
    }

    private MillraceException missing(ConnectionName name) {
        return missing(name, list(Optional.empty(), Optional.empty()));
    }

    static MillraceException missing(ConnectionName name, List<Listed> known) {
        List<String> names =
                known.stream().map(each -> each.connection().name().value()).toList();
        return new MillraceException(
                ErrorCode.CONNECTION_NOT_FOUND,
                "There is no connection '" + name + "'."
                        + Nearest.to(name.value(), names)
                                .map(near -> " Did you mean '" + near + "'?")
                                .orElse(""));
    }

    private static MillraceException inUse(Tables tables, String what, String remedy) {
        return new MillraceException(
                ErrorCode.CONNECTION_IN_USE,
                what + ": " + tables + ". " + remedy,
                tables.named().stream().map(table -> Flaw.at("/name", table)).toList());
    }

    private static MillraceException taken(ConnectionName name) {
        return new MillraceException(
                ErrorCode.CONNECTION_EXISTS,
                "There is a connection '" + name + "' already.",
                List.of(Flaw.at("/name", "is taken")));
    }

    private static MillraceException stale(ConnectionName name) {
        return new MillraceException(
                ErrorCode.STALE_VERSION, "Connection '" + name + "' changed meanwhile; read it again.");
    }

    /** A connection and whether settings define it. */
    record Listed(Connection connection, boolean managed) {
        boolean contains(String text) {
            return connection.name().value().contains(text.toLowerCase(Locale.ROOT))
                    || connection.comment().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * A changed connection.
     *
     * @param notices what the change means for tables, in sentences
     */
    record Updated(Connection connection, List<String> notices) {}

    /** What came of a rotation: the current key, and how many secrets were sealed with it anew. */
    record Rotation(String key, int secrets) {}
}
