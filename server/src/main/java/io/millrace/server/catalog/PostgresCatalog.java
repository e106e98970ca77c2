package io.millrace.server.catalog;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.Connectors;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.PrimaryKey;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.catalog.TableRules;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.jdbi.v3.core.Handle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One PostgreSQL database. A database of the catalog is a schema; tables are fetched whenever somebody asks, and created
 * and changed there. A table's id is PostgreSQL's own (the same across renames, never given again to a table that is
 * created anew), its version a fingerprint of columns and primary key.
 */
final class PostgresCatalog implements Catalog {
    /** As many bits as a JSON number carries without loss. */
    private static final long VERSION_BITS = (1L << 52) - 1;

    private final CatalogName name;
    private final PostgresStore store;
    private final Connectors connectors;

    PostgresCatalog(CatalogName name, PostgresStore store, Connectors connectors) {
        this.name = name;
        this.store = store;
        this.connectors = connectors;
    }

    @Override
    public CatalogName name() {
        return name;
    }

    @Override
    public About about() {
        return new About("postgres", "Tables of a PostgreSQL database; a database here is a schema there.");
    }

    @Override
    public List<Database> databases() {
        return store.read(PostgresSchema::schemas).stream()
                .map(schema -> new Database(DatabasePath.of(name.value(), schema.getKey()), schema.getValue()))
                .toList();
    }

    @Override
    public void createDatabase(DatabaseName database, String comment) {
        DatabasePath path = new DatabasePath(name, database);
        String schema = PostgresDdl.quote(database.value());
        change(path, handle -> {
            PostgresStore.execute(handle, List.of("CREATE SCHEMA " + schema));
            if (!comment.isEmpty()) {
                PostgresStore.execute(
                        handle, List.of("COMMENT ON SCHEMA " + schema + " IS " + PostgresDdl.text(comment)));
            }
            return path;
        });
    }

    @Override
    public void dropDatabase(DatabaseName database, boolean cascade) {
        DatabasePath path = new DatabasePath(name, database);
        if (databases().stream().noneMatch(each -> each.path().equals(path))) {
            throw CatalogFailures.noDatabase(path);
        }
        String sql = "DROP SCHEMA " + PostgresDdl.quote(database.value()) + (cascade ? " CASCADE" : " RESTRICT");
        try {
            store.change(handle -> {
                PostgresStore.execute(handle, List.of(sql));
                return path;
            });
        } catch (PostgresStore.RefusedException e) {
            throw e.state().equals("2BP01") ? CatalogFailures.databaseNotEmpty(path) : refused(e, path);
        }
    }

    @Override
    public List<TableHead> tables(DatabasePath database) {
        return store.read(handle -> {
            String schema = database.database().value();
            List<PostgresSchema.Relation> relations = PostgresSchema.relations(handle, schema);
            boolean unknown = relations.isEmpty()
                    && PostgresSchema.schemas(handle).stream()
                            .noneMatch(each -> each.getKey().equals(schema));
            if (unknown) {
                throw CatalogFailures.noDatabase(database);
            }
            // A view there is a table here: its query is PostgreSQL's, not Flink's.
            return relations.stream()
                    .map(each -> new TableHead(new TableName(each.name()), false, each.comment()))
                    .toList();
        });
    }

    @Override
    public Optional<Table> find(TablePath path) {
        return store.read(handle -> find(handle, path));
    }

    @Override
    public Table create(TablePath path, TableSpec spec) {
        refuseWhatPostgresHasNot(path, spec);
        List<String> statements = PostgresDdl.create(path, spec);
        return change(path, handle -> {
            PostgresStore.execute(handle, statements);
            return find(handle, path).orElseThrow();
        });
    }

    @Override
    public Table alter(Table current, TableName newName, TableSpec next) {
        refuseWhatPostgresHasNot(current.path(), next);
        List<String> statements = PostgresDdl.alter(current, newName, next);
        TablePath newPath = current.path().parent().table(newName);
        return change(newPath, handle -> {
            PostgresStore.execute(handle, List.of("LOCK TABLE " + PostgresDdl.table(current.path())));
            if (find(handle, current.path()).filter(current::equals).isEmpty()) {
                throw CatalogFailures.stale(current.path());
            }
            PostgresStore.execute(handle, statements);
            return find(handle, newPath).orElseThrow();
        });
    }

    @Override
    public void drop(TablePath path) {
        PostgresSchema.Relation relation = store.read(handle -> PostgresSchema.relation(handle, path))
                .orElseThrow(() -> CatalogFailures.noTable(path));
        if (relation.view()) {
            throw CatalogFailures.unsupported(path + " is a view in PostgreSQL; drop it there.");
        }
        change(path, handle -> {
            PostgresStore.execute(handle, List.of("DROP TABLE " + PostgresDdl.table(path)));
            return path;
        });
    }

    @Override
    public Optional<Map<String, String>> resolve(TableRef ref) {
        String prefix = name + "-";
        if (!ref.id().value().matches(Pattern.quote(prefix) + "[0-9]{1,10}")) {
            return Optional.empty();
        }
        long oid = Long.parseLong(ref.id().value().substring(prefix.length()));
        return store.read(handle -> PostgresSchema.relation(handle, oid).map(found -> table(handle, found)))
                .filter(table -> table.ref().equals(ref))
                .map(table ->
                        connectors.resolve(table.spec(), store.connectorOptions(PostgresDdl.table(table.path()))));
    }

    private Optional<Table> find(Handle handle, TablePath path) {
        return PostgresSchema.relation(handle, path).map(found -> table(handle, found));
    }

    private Table table(Handle handle, PostgresSchema.Relation relation) {
        TablePath path = TablePath.of(name.value(), relation.schema(), relation.name());
        TableSpec spec = PostgresSchema.read(handle, path, relation);
        return new Table(new TableId(name + "-" + relation.oid()), path, spec, version(spec), Optional.empty());
    }

    /** Comments don't count: no plan depends on them. */
    private static long version(TableSpec spec) {
        String structure = spec.columns().stream()
                        .map(column -> column.name() + " " + column.type().orElse(""))
                        .collect(Collectors.joining("\n"))
                + "\n\n"
                + spec.primaryKey().map(PrimaryKey::columns).orElse(List.of());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(structure.getBytes(StandardCharsets.UTF_8));
            return Math.max(1, ByteBuffer.wrap(hash).getLong() & VERSION_BITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void refuseWhatPostgresHasNot(TablePath path, TableSpec spec) {
        if (spec.isView()) {
            throw CatalogFailures.unsupported("A view of Flink cannot be kept in '" + name
                    + "'. Create it in `warehouse`, or create a view of PostgreSQL there.");
        }
        if (!spec.watermarks().isEmpty()) {
            throw CatalogFailures.unsupported(
                    "A table of '" + name + "' has no watermark: PostgreSQL is read once, not followed.");
        }
        List<Flaw> options = connectors.checkOptions(spec);
        if (!options.isEmpty()) {
            throw CatalogFailures.invalid(ErrorCode.OPTION_INVALID, path, options);
        }
        List<Flaw> flaws = Stream.concat(TableRules.check(spec).stream(), connectors.checkShape(spec).stream())
                .toList();
        if (!flaws.isEmpty()) {
            throw CatalogFailures.invalid(ErrorCode.TABLE_INVALID, path, flaws);
        }
        spec.columns().stream().map(Column::name).forEach(PostgresDdl::quote);
    }

    private <T> T change(DatabasePath path, PostgresStore.Work<T> work) {
        try {
            return store.change(work);
        } catch (PostgresStore.RefusedException e) {
            throw refused(e, path);
        }
    }

    private <T> T change(TablePath path, PostgresStore.Work<T> work) {
        try {
            return store.change(work);
        } catch (PostgresStore.RefusedException e) {
            throw switch (e.state()) {
                case "42P07" -> CatalogFailures.tableExists(path);
                case "42P01" -> CatalogFailures.noTable(path);
                default -> refused(e, path.parent());
            };
        }
    }

    private static MillraceException refused(PostgresStore.RefusedException failure, DatabasePath path) {
        return switch (failure.state()) {
            case "3F000" -> CatalogFailures.noDatabase(path);
            case "42P06" -> CatalogFailures.databaseExists(path);
            case "42501" ->
                new MillraceException(
                        ErrorCode.ACCESS_DENIED,
                        "PostgreSQL does not allow this to the platform's user in " + path + ".");
            default ->
                CatalogFailures.unsupported(
                        "PostgreSQL refused: " + failure.reason().getMessage());
        };
    }
}
