package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.access.Rights;
import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Change.Cause;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableHistory;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.catalog.TableVersion;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.access.TestGuards;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the metastore remembers of a PostgreSQL that others change too; both are real. */
class FetchedCatalogIT {
    private static final CatalogName NAME = new CatalogName("postgres");
    private static final Origin US = Origin.of("local");
    private static final DatabasePath PUBLIC = DatabasePath.of("postgres", "public");

    private final TestClock clock = new TestClock();
    private final TestPostgres.Database database = TestPostgres.createDatabase();
    private final Jdbi remote = Jdbi.create(database.dataSource());
    private final PostgresRemote store = store(database.port());
    private final Jdbi own = SqlMetastoreIT.migrated();
    private final TableHistory history = new SqlTableHistory(own);
    private final FetchedCatalog catalog = catalog(store);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void writesDownWhatOthersChange() {
        sql("CREATE TABLE orders (id int PRIMARY KEY, amount int)");
        Table first = find("orders");
        sql("ALTER TABLE orders ALTER COLUMN amount TYPE bigint");
        Table second = find("orders");
        sql("ALTER TABLE orders ADD COLUMN note text");
        Table third = find("orders");

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(third.version()).isEqualTo(3);
        assertThat(third.columnIds().inOrder()).containsExactly(1, 2, 3);
        assertThat(find("orders")).isEqualTo(third);
        assertThat(history(third))
                .containsExactly(
                        "3 DRIFT store: column `note` VARCHAR(2147483647) added in the store",
                        "2 DRIFT store: column `amount` INT → BIGINT in the store",
                        "1 CREATED store: first seen in the store");
        assertThat(catalog.resolve(first.ref())).isEmpty();
        assertThat(catalog.resolve(third.ref())).isPresent();
    }

    @Test
    void followsARename() {
        sql("CREATE TABLE orders (id int)");
        Table orders = find("orders");

        sql("ALTER TABLE orders RENAME TO sales");
        Table sales = find("sales");

        assertThat(sales.id()).isEqualTo(orders.id());
        assertThat(history(sales)).first().isEqualTo("2 RENAMED store: renamed from `orders` to `sales` in the store");
        assertThat(catalog.find(path("orders"))).isEmpty();
        assertThat(find("sales")).isEqualTo(sales);
    }

    @Test
    void followsARenameThatIsSeenUnderTheOldNameFirst() {
        sql("CREATE TABLE orders (id int)");
        Table orders = find("orders");

        sql("ALTER TABLE orders RENAME TO sales");
        assertThat(catalog.find(path("orders"))).isEmpty();

        assertThat(find("sales").id()).isEqualTo(orders.id());
    }

    @Test
    void followsATableToAnotherSchema() {
        sql("CREATE SCHEMA archive; CREATE TABLE orders (id int)");
        Table orders = find("orders");

        sql("ALTER TABLE orders SET SCHEMA archive");
        Table moved =
                catalog.find(TablePath.of("postgres", "archive", "orders")).orElseThrow();

        assertThat(moved.id()).isEqualTo(orders.id());
        assertThat(history(moved))
                .first()
                .isEqualTo(
                        "2 RENAMED store: moved from postgres.public.orders to postgres.archive.orders in the store");
    }

    @Test
    void givesANameThatWasTakenOverToTheOther() {
        sql("CREATE TABLE orders (id int); CREATE TABLE incoming (id int, note text)");
        Table orders = find("orders");
        Table incoming = find("incoming");

        sql("ALTER TABLE orders RENAME TO old_orders; ALTER TABLE incoming RENAME TO orders");

        assertThat(find("orders").id()).isEqualTo(incoming.id());
        assertThat(find("old_orders").id()).isEqualTo(orders.id());
    }

    @Test
    void noticesThatATableIsGone() {
        sql("CREATE TABLE orders (id int)");
        Table orders = find("orders");

        sql("DROP TABLE orders");
        assertThat(catalog.find(path("orders"))).isEmpty();
        assertThat(catalog.resolve(orders.ref())).isEmpty();
        assertThat(history(orders)).first().isEqualTo("2 DROPPED store: no longer in the store");

        sql("CREATE TABLE orders (id int)");
        assertThat(find("orders").id()).isNotEqualTo(orders.id());
    }

    @Test
    void writesADifferenceOnceThoughManySeeIt() {
        sql("CREATE TABLE orders (id int)");
        find("orders");
        sql("ALTER TABLE orders ADD COLUMN note text");

        List<CompletableFuture<Table>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(CompletableFuture.supplyAsync(() -> find("orders")));
        }

        assertThat(all).extracting(future -> future.join().version()).containsOnly(2L);
        assertThat(history(find("orders"))).hasSize(2);
    }

    @Test
    void laysComputedColumnsOverWhatTheStoreHas() {
        sql("CREATE TABLE orders (id int, amount int)");
        Table before = find("orders");
        var columns = List.of(
                Column.physical("id", "INT"),
                Column.computed("twice", "`amount` * 2"),
                Column.physical("amount", "INT"));

        Table after =
                catalog.alter(before, Alteration.of(new TableName("orders"), TableSpec.of(columns, Map.of())), US);
        sql("ALTER TABLE orders ADD COLUMN note text");
        Table drifted = find("orders");

        assertThat(after.spec().columns()).isEqualTo(columns);
        assertThat(drifted.spec().columns()).extracting(Column::name).containsExactly("id", "twice", "amount", "note");
        assertThat(drifted.columnIds().inOrder()).containsExactly(1, 3, 2, 4);
        assertThat((long) remote.withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attnum > 0")
                        .mapTo(Long.class)
                        .one()))
                .isEqualTo(3);
    }

    @Test
    void keepsTheIdOfAColumnThatIsRenamedHere() {
        sql("CREATE TABLE orders (id int, amount int)");
        Table before = find("orders");
        TableSpec next = TableSpec.of(List.of(Column.physical("id", "INT"), Column.physical("total", "INT")), Map.of());

        Table after = catalog.alter(before, new Alteration(new TableName("orders"), next, Map.of("total", 2)), US);

        assertThat(after.columnIds().inOrder()).containsExactly(1, 2);
        assertThat(find("orders")).isEqualTo(after);
        assertThat(history(after)).first().isEqualTo("2 ALTERED local: column `amount` renamed to `total`");
    }

    @Test
    void looksAtAllTablesAndThenOnlyAtThoseThatChanged() {
        sql("CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE TABLE c (id int); CREATE TABLE odd (x money)");

        Refreshed first = refresh();
        sql("ALTER TABLE b ADD COLUMN note text; DROP TABLE c; CREATE TABLE d (id int)");
        Refreshed second = refresh();

        assertThat(first.added()).containsExactly(path("a"), path("b"), path("c"));
        assertThat(first.unmappable()).containsOnlyKeys(path("odd"));
        assertThat(second.added()).containsExactly(path("d"));
        assertThat(second.changed()).containsExactly(path("b"));
        assertThat(second.gone()).containsExactly(path("c"));
        assertThat(second.unchanged()).isEqualTo(1);
        assertThat(history(find("b")))
                .first()
                .isEqualTo("2 DRIFT store: column `note` VARCHAR(2147483647) added in the store");
    }

    @Test
    void findsSeveralTablesWithTheirChangesAndFlaws() {
        sql("CREATE TABLE orders (id int); CREATE TABLE items (id int); CREATE TABLE odd (x money)");
        Table before = find("orders");
        sql("ALTER TABLE orders ADD COLUMN note text");

        var finder = catalog.finder(List.of(path("orders"), path("items"), path("odd")));

        assertThat(finder.apply(path("orders")).orElseThrow().version()).isEqualTo(before.version() + 1);
        assertThat(finder.apply(path("items"))).contains(find("items"));
        assertThatThrownBy(() -> finder.apply(path("odd")))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED));
        assertThat(catalog.resolver(List.of(before)).apply(before)).isEmpty();
    }

    @Test
    void asksAStoreThatIsDownOnceAndTakesTablesAsTheyWere() throws IOException {
        sql("CREATE TABLE orders (id int); CREATE TABLE items (id int)");
        List<Table> known = List.of(find("orders"), find("items"));
        FetchedCatalog down = catalog(store(unusedPort()));
        var service = new CatalogService(
                () -> List.of(down),
                (catalog, asked) -> {},
                new SqlFunctionStore(own),
                new Affected(new AffectedTest.Readers(List.of()), () -> Rights.ALL));
        var lookups = new Lookups(service, new SqlMetastore(own), TestGuards.all());

        var found = lookups.find(List.of(path("a"), path("orders"), path("items"), path("b")));
        var resolved = lookups.resolve(known.stream().map(Table::ref).toList());

        assertThat(found.get(0).failure().orElseThrow().code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(found.get(3).failure()).isEqualTo(found.get(0).failure());
        assertThat(found).flatExtracting(each -> each.value().stream().toList()).isEqualTo(known);
        assertThat(resolved)
                .extracting(each -> each.value().orElseThrow().options().get("table-name"))
                .containsExactly("\"public\".\"orders\"", "\"public\".\"items\"");
        assertThat(down.resolve(known.get(0).ref()))
                .contains(resolved.get(0).value().orElseThrow().options());
    }

    @Test
    void saysSinceWhenAStoreIsDownAndShowsWhatWasThere() throws IOException {
        sql("CREATE TABLE orders (id int)");
        Table orders = find("orders");
        FetchedCatalog down = catalog(store(unusedPort()));
        assertThat(down.outage()).isEmpty();

        assertThatThrownBy(() -> down.find(path("orders"))).isInstanceOf(MillraceException.class);
        clock.advance(Duration.ofMinutes(5));
        DatabasePath unknown = DatabasePath.of("postgres", "unknown");
        assertThatThrownBy(() -> down.tables(unknown)).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            assertThat(e).hasMessageContaining("It has not answered since 2026-06-01T12:00:00Z.");
        });

        assertThat(down.outage().orElseThrow().since()).isEqualTo(TestClock.NOON);
        assertThat(down.lastKnown(path("orders"))).contains(new Catalog.LastKnown(orders, TestClock.NOON));
        Optional<Instant> noon = Optional.of(TestClock.NOON);
        assertThat(down.databases()).containsExactly(new Database(PUBLIC, "", noon));
        assertThat(down.tables(PUBLIC)).containsExactly(new ListedTable(new TableName("orders"), false, "", noon));
        assertThat(down.tables(PUBLIC, new TableFilter("x", "", 1))).isEmpty();
        assertThat(catalog.outage()).isEmpty();
    }

    @Test
    void knowsTheDatabasesThatItListed() throws IOException {
        sql("CREATE SCHEMA archive; CREATE SCHEMA old");
        catalog.databases();
        sql("DROP SCHEMA old");
        catalog.databases();

        FetchedCatalog down = catalog(store(unusedPort()));

        assertThat(down.databases()).extracting(each -> each.name().value()).containsExactly("archive", "public");
        assertThatThrownBy(() -> down.tables(DatabasePath.of("postgres", "archive")))
                .isInstanceOf(MillraceException.class);
    }

    @Test
    void tellsNamesApartThatDifferInCaseOnly() {
        sql("CREATE SCHEMA \"PUBLIC\"; CREATE TABLE orders (id int); CREATE TABLE \"Orders\" (n bigint)");
        Table lower = find("orders");
        Table mixed = find("Orders");

        assertThat(mixed.id()).isNotEqualTo(lower.id());
        assertThat(mixed.spec().columns()).extracting(Column::name).containsExactly("n");
        assertThat(catalog.tables(PUBLIC))
                .extracting(each -> each.name().value())
                .containsExactly("Orders", "orders");
        assertThat(catalog.tables(PUBLIC, new TableFilter("ORD", "Orders", 5))).hasSize(1);
        assertThat(refresh().added()).isEmpty();
        assertThat(catalog.find(path("ORDERS"))).isEmpty();
        assertThat(catalog.databases()).extracting(each -> each.name().value()).containsExactly("PUBLIC", "public");
        assertThat(new SqlCatalogSearch(own).search(List.of("orders"), List.of("postgres"), Found.Place.of(""), 10))
                .extracting(each -> each.place().name())
                .containsExactly("Orders", "orders");
    }

    @Test
    void namesAColumnThatDiffersFromAnotherInCaseOnly() {
        sql("CREATE TABLE orders (id int, \"Id\" int); CREATE TABLE fine (id int)");

        assertThatThrownBy(() -> find("orders")).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.TABLE_INVALID);
            assertThat(e)
                    .hasMessageContaining("Column 'Id' of postgres.public.orders")
                    .hasMessageContaining("view");
        });
        assertThat(catalog.tables(PUBLIC)).hasSize(2);
    }

    @Test
    void pagesThroughManyTables() throws IOException {
        sql("DO $$ BEGIN FOR n IN 0..199 LOOP EXECUTE 'CREATE TABLE t_' || lpad(n::text, 4, '0') || ' (id int)';"
                + " END LOOP; END $$");
        Refreshed first = refresh();
        sql("DROP TABLE t_0000");
        Refreshed second = refresh();
        FetchedCatalog down = catalog(store(unusedPort()));

        assertThat(first.added()).hasSize(200);
        assertThat(second.unchanged()).isEqualTo(199);
        assertThat(second.gone()).containsExactly(path("t_0000"));
        for (Catalog each : List.of(catalog, down)) {
            assertThat(each.tables(PUBLIC)).hasSize(199);
            assertThat(each.tables(PUBLIC, new TableFilter("T_01", "t_0198", 10)))
                    .extracting(listed -> listed.name().value())
                    .containsExactly("t_0199");
            assertThat(each.tables(PUBLIC, new TableFilter("", "t_0099", 3)))
                    .extracting(listed -> listed.name().value())
                    .containsExactly("t_0100", "t_0101", "t_0102");
        }
    }

    private Refreshed refresh() {
        Refreshed result = new Refreshed();
        catalog.refresh(PUBLIC, result);
        return result;
    }

    private List<String> history(Table table) {
        return history.versions(table.id(), Long.MAX_VALUE, 100).stream()
                .map(FetchedCatalogIT::text)
                .toList();
    }

    private static String text(TableVersion version) {
        Cause cause = version.change().cause();
        return version.version() + " " + cause + " " + version.change().origin().author() + ": "
                + version.change().summary();
    }

    private void sql(String statements) {
        remote.useHandle(handle -> JdbcStore.execute(handle, List.of(statements)));
    }

    private Table find(String table) {
        return catalog.find(path(table)).orElseThrow();
    }

    private static TablePath path(String table) {
        return PUBLIC.table(new TableName(table));
    }

    private FetchedCatalog catalog(PostgresRemote over) {
        return new FetchedCatalog(
                NAME, over, ConnectorFiles.read("jdbc"), new SqlMetastore(own), new SqlFetchedTables(own), clock);
    }

    private PostgresRemote store(int port) {
        return PostgresConnections.to(NAME, database, port);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
