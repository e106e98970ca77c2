package io.millrace.flink.gateway.session;

import io.millrace.flink.catalog.Acting;
import io.millrace.flink.catalog.MetastoreClient;
import io.millrace.flink.gateway.analysis.Mentions;
import io.millrace.flink.gateway.policy.SettingPolicy;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import io.millrace.flink.gateway.problem.Hints;
import io.millrace.flink.gateway.script.Piece;
import io.millrace.flink.gateway.script.Script;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.gateway.service.context.SessionContext;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One Flink session context with what we know of it besides: the settings that the user made and the temporary
 * objects. Flink's catalog manager is not thread-safe, so everything here happens under {@link #lock()}.
 */
public final class SqlSession implements AutoCloseable {
    private final SessionContext context;
    private final Optional<String> capability = Acting.current();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, TemporaryObject> temporaries = new LinkedHashMap<>();
    private @Nullable MetastoreClient metastore;

    /** A session with nothing of its own yet, of whom this thread acts for. */
    public SqlSession(SessionContext context) {
        this.context = context;
    }

    /** Does something for whom the session was opened. */
    public <T> T acting(Supplier<T> work) {
        return Acting.with(capability.orElse(null), work);
    }

    /** Held while the session plans a statement or changes. */
    public ReentrantLock lock() {
        return lock;
    }

    /** Takes the lock if it is free soon: for questions that are not worth waiting for a long submission. */
    public boolean tryLock() {
        try {
            return lock.tryLock(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A planner that sees the session as it stands, with options that only the next statement has. */
    public TableEnvironmentInternal environment(Map<String, String> options) {
        return JobFunctions.inJobsOnly(
                context.createOperationExecutor(Configuration.fromMap(options)).getTableEnvironment());
    }

    public CatalogManager catalogs() {
        return context.getSessionState().catalogManager;
    }

    /** The metastore that the session's catalogs are of. */
    MetastoreClient metastore() {
        if (metastore == null) {
            metastore = MetastoreClient.of(context.getDefaultContext().getFlinkConfig());
        }
        return metastore;
    }

    /** All functions that a statement of this session can call by a simple name. */
    public List<String> functions() {
        return List.of(context.getSessionState().functionCatalog.getFunctions());
    }

    /** Whether a module brings a function of this name. */
    boolean hasBuiltIn(String function) {
        return context.getSessionState()
                .moduleManager
                .getFunctionDefinition(function)
                .isPresent();
    }

    public void set(String key, String value) {
        SettingPolicy.refusal(key).ifPresent(reason -> {
            throw new GatewayException(Code.SQL_REFUSED, reason);
        });
        context.set(key, value);
        settings.put(key, value);
    }

    public void reset(String key) {
        context.reset(key);
        settings.remove(key);
    }

    public void resetAll() {
        List.copyOf(settings.keySet()).forEach(this::reset);
    }

    /** What the user set, by key. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** The first of a name stays: IF NOT EXISTS made nothing. */
    void remember(TemporaryObject object) {
        temporaries.putIfAbsent(object.key(), object);
    }

    void forget(String key) {
        temporaries.remove(key);
    }

    boolean remembers(String key) {
        return temporaries.containsKey(key);
    }

    /** In order of creation. */
    public List<TemporaryObject> temporaries() {
        return List.copyOf(temporaries.values());
    }

    /** Gives another session our settings, temporary objects and current database. Under both locks. */
    void copyTo(SqlSession other) {
        settings.forEach(other::set);
        temporaries.values().forEach(object -> Mentions.of(object.catalog(), object.database(), object.sql()));
        temporaries.values().forEach(other::make);
        other.use(catalogs().getCurrentCatalog(), catalogs().getCurrentDatabase());
    }

    private void make(TemporaryObject object) {
        use(object.catalog(), object.database());
        TableEnvironmentInternal environment = environment(Map.of());
        Piece piece = Script.split(object.sql()).get(0);
        StatementParser.Parsed parsed = new StatementParser(this, environment, Hints.NONE).parse(piece);
        if (parsed.operation() instanceof CreateTableASOperation create) {
            new Effects(this, environment).createOnly(create, piece);
        } else {
            Effects.Answer unused = new Effects(this, environment).apply(parsed);
        }
    }

    private void use(String catalog, String database) {
        catalogs().setCurrentCatalog(catalog);
        catalogs().setCurrentDatabase(database);
    }

    @Override
    public void close() {
        context.close();
    }
}
