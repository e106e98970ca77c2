package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.Change;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.MetastoreContract;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TableSpec;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The contract, on PostgreSQL, as the migrations make it; and what only a shared store can get wrong. */
class SqlMetastoreIT extends MetastoreContract {
    private static final TableSpec SPEC = TableSpec.of(List.of(Column.physical("id", "INT")), Map.of());
    private static final Change CHANGE = new Change(Change.Cause.ALTERED, "", Origin.of("local"), TestClock.NOON);
    private static final String ORPHANS = """
            SELECT count(*) FROM catalog_table t JOIN catalog_database d ON d.id = t.database_id
            WHERE t.dropped_at IS NULL AND d.dropped_at IS NOT NULL
            """;

    private final Jdbi jdbi = migrated();
    private final Metastore metastore = new SqlMetastore(jdbi);

    @Override
    protected Metastore metastore() {
        return metastore;
    }

    @Test
    void aTableThatIsMovedKeepsItsGrantsAndIsInItsNewDatabase() {
        DatabasePath old = DatabasePath.of("store", "old");
        DatabasePath there = DatabasePath.of("store", "new");
        metastore.createDatabase(new Database(old, ""), TestClock.NOON);
        metastore.createDatabase(new Database(there, ""), TestClock.NOON);
        TableName name = new TableName("t");
        Table table =
                Table.registered(new TableId(UUID.randomUUID().toString()), old.table(name), SPEC, Optional.empty());
        assertThat(metastore.createTable(table, CHANGE)).isEqualTo(Metastore.Outcome.DONE);
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO access_grant (group_id, object, above, privilege, effect, granted_by, granted_at)"
                        + " SELECT id, ?, ARRAY['database:store/old', 'catalog:store', 'server:'], 'READ', 'ALLOW',"
                        + " 'me', now() FROM access_group",
                CatalogObjects.of(table).key()));
        long before = epoch();

        Table moved = table.moved(there.table(name), Alteration.of(name, SPEC));
        assertThat(metastore.replaceTable(moved, CHANGE)).isEqualTo(Metastore.Outcome.DONE);

        assertThat(above(moved))
                .containsExactlyElementsOf(CatalogObjects.of(moved).above());
        assertThat(epoch()).as("what was decided before is decided again").isGreaterThan(before);
        assertThat(metastore.dropDatabase(old, true, CHANGE)).isEqualTo(Metastore.Outcome.DONE);
        assertThat(above(moved)).as("is in it no more").isNotEmpty();
        assertThat(metastore.dropDatabase(there, true, CHANGE)).isEqualTo(Metastore.Outcome.DONE);
        assertThat(above(moved)).isEmpty();
    }

    private long epoch() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT value FROM access_epoch")
                .mapTo(Long.class)
                .one());
    }

    /** What its grants say that it is in; empty without a grant. */
    private List<String> above(Table table) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT unnest(above) FROM access_grant WHERE object = :object")
                        .bind("object", CatalogObjects.of(table).key())
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void leavesNoTableInADatabaseThatIsDroppedAtTheSameTime() {
        for (int round = 0; round < 50; round++) {
            DatabasePath path = DatabasePath.of("warehouse", "round" + round);
            metastore.createDatabase(new Database(path, ""), TestClock.NOON);
            var id = new TableId(UUID.randomUUID().toString());
            var table = Table.registered(id, path.table(new TableName("t")), SPEC, Optional.empty());

            var create = CompletableFuture.supplyAsync(() -> metastore.createTable(table, CHANGE));
            var drop = CompletableFuture.supplyAsync(() -> metastore.dropDatabase(path, false, CHANGE));

            assertThat(List.of(create.join(), drop.join()))
                    .isIn(
                            List.of(Metastore.Outcome.DONE, Metastore.Outcome.NOT_EMPTY),
                            List.of(Metastore.Outcome.MISSING, Metastore.Outcome.DONE));
        }
        assertThat((long) jdbi.withHandle(
                        handle -> handle.createQuery(ORPHANS).mapTo(Long.class).one()))
                .isZero();
    }

    static Jdbi migrated() {
        var source = TestPostgres.createDatabase().dataSource();
        Flyway.configure().dataSource(source).load().migrate();
        return Jdbi.create(source);
    }
}
