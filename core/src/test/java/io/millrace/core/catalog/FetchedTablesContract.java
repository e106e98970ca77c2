package io.millrace.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What any memory of fetched tables must do. Run for the in-memory metastore here and for the SQL one in server. */
public abstract class FetchedTablesContract {
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Change CHANGE = new Change(Change.Cause.CREATED, "", Origin.STORE, NOON);
    private static final DatabasePath SHOP = DatabasePath.of("postgres", "shop");
    private static final TableSpec SPEC = TableSpec.of(List.of(Column.physical("id", "INT")), Map.of());
    private static final Table ORDERS =
            Table.fetched(new TableId("t-1"), SHOP.table(new TableName("orders")), SPEC, "16385");

    protected abstract Metastore metastore();

    protected abstract FetchedTables fetched();

    protected abstract TableHistory history();

    @BeforeEach
    void aTable() {
        metastore().createDatabase(new Database(SHOP, ""), NOON);
        metastore().createTable(ORDERS, CHANGE);
    }

    @Test
    void findsATableByItsKeyInItsStore() {
        assertThat(fetched().find(SHOP.catalog(), "16385")).contains(new FetchedTables.Seen(ORDERS, NOON, ""));
        assertThat(fetched().find(SHOP.catalog(), "16386")).isEmpty();
        assertThat(fetched().find(new CatalogName("other"), "16385")).isEmpty();
        assertThat(fetched().find(SHOP.catalog(), List.of("16385", "16386")))
                .containsExactly(Map.entry("16385", new FetchedTables.Seen(ORDERS, NOON, "")));
        assertThat(fetched().find(new CatalogName("other"), List.of("16385"))).isEmpty();
        assertThat(fetched().find(SHOP.catalog(), List.of())).isEmpty();
    }

    @Test
    void writesDownAllTablesWhoseNamesAreFree() {
        Table items = Table.fetched(new TableId("t-2"), SHOP.table(new TableName("items")), SPEC, "16386");
        Table again = Table.fetched(new TableId("t-3"), ORDERS.path(), SPEC, "16387");
        var some =
                List.of(new FetchedTables.Seen(again, NOON, "stamp 1"), new FetchedTables.Seen(items, NOON, "stamp 2"));

        assertThat(fetched().create(SHOP, some, CHANGE)).containsExactly(items.id());

        assertThat(fetched().find(SHOP.catalog(), List.of("16385", "16386", "16387")))
                .containsOnly(
                        Map.entry("16385", new FetchedTables.Seen(ORDERS, NOON, "")),
                        Map.entry("16386", new FetchedTables.Seen(items, NOON, "stamp 2")));
        assertThat(history().versions(items.id(), 2, 9))
                .extracting(TableVersion::change)
                .containsExactly(CHANGE);
        assertThat(history().versions(again.id(), 2, 9)).isEmpty();
        DatabasePath nowhere = DatabasePath.of("postgres", "nowhere");
        Table lost = Table.fetched(new TableId("t-4"), nowhere.table(new TableName("lost")), SPEC, "16388");
        assertThat(fetched().create(nowhere, List.of(new FetchedTables.Seen(lost, NOON, "")), CHANGE))
                .isEmpty();
    }

    @Test
    void listsTheTablesOfADatabaseThatCameFromAStore() {
        metastore()
                .createTable(
                        Table.registered(new TableId("t-2"), SHOP.table(new TableName("own")), SPEC, Optional.empty()),
                        CHANGE);

        fetched().seen(ORDERS.id(), "stamp 7", NOON);
        assertThat(fetched().stamps(SHOP))
                .isEqualTo(Map.of("16385", new FetchedTables.Stamped(ORDERS.ref(), ORDERS.path(), "stamp 7")));
        assertThat(fetched().stamps(DatabasePath.of("postgres", "nowhere"))).isEmpty();
    }

    @Test
    void saysSinceWhenItKnowsWhat() {
        DatabasePath archive = DatabasePath.of("postgres", "archive");
        metastore().createDatabase(new Database(archive, "old"), NOON.minusSeconds(60));
        metastore().createDatabase(new Database(DatabasePath.of("other", "shop"), ""), NOON);
        Instant later = NOON.plusSeconds(60);
        fetched().seen(ORDERS.id(), "", later);

        assertThat(fetched().known(SHOP.catalog()))
                .containsExactly(
                        new Database(archive, "old", Optional.of(NOON.minusSeconds(60))),
                        new Database(SHOP, "", Optional.of(later)));
        assertThat(fetched().known(SHOP, TableFilter.ALL))
                .containsExactly(new ListedTable(new TableName("orders"), false, "", Optional.of(later)));
        assertThat(fetched().known(SHOP, new TableFilter("RDE", "order", 1))).hasSize(1);
        assertThat(fetched().known(SHOP, new TableFilter("", "orders", 1))).isEmpty();
        assertThat(fetched().known(SHOP, new TableFilter("other", "", 1))).isEmpty();
    }

    @Test
    void remembersWhenATableWasSeen() {
        Instant later = NOON.plusSeconds(60);

        fetched().seen(ORDERS.id(), "stamp 7", later);

        assertThat(fetched().find(SHOP.catalog(), "16385")).contains(new FetchedTables.Seen(ORDERS, later, "stamp 7"));
    }

    @Test
    void forgetsTheStampWithANewVersion() {
        fetched().seen(ORDERS.id(), "stamp 7", NOON);
        Table next = ORDERS.changed(Alteration.of(new TableName("sales"), SPEC));

        metastore().replaceTable(next, CHANGE);

        assertThat(fetched().find(SHOP.catalog(), "16385")).contains(new FetchedTables.Seen(next, NOON, ""));
    }

    @Test
    void writesCommentsAndKeysIntoTheNewestVersionOnly() {
        var told = new TableSpec(
                SPEC.columns(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.of("all orders"),
                Optional.empty());
        Table amended = ORDERS.amended(
                ORDERS.changed(Alteration.of(new TableName("orders"), told).keyed(Map.of("id", "c1"))));

        fetched().amend(amended);
        assertThat(metastore().table(ORDERS.id())).contains(amended);
        assertThat(amended.columnIds().keys()).containsExactly(Map.entry(1, "c1"));

        Table next = amended.changed(Alteration.of(new TableName("orders"), SPEC));
        metastore().replaceTable(next, CHANGE);
        fetched().amend(amended);
        assertThat(metastore().table(ORDERS.id())).contains(next);
    }

    @Test
    void keepsWhatTheStoreCallsColumns() {
        Map<String, String> keys = Map.of("id", "c1");
        Table one = Table.fetched(new TableId("t-2"), SHOP.table(new TableName("one")), SPEC, "2", keys);
        Table other = Table.fetched(new TableId("t-3"), SHOP.table(new TableName("other")), SPEC, "3", keys);
        TableSpec renamed = TableSpec.of(List.of(Column.physical("number", "INT")), Map.of());
        Table next = one.changed(Alteration.of(one.path().table(), renamed).keyed(Map.of("number", "c1")));

        metastore().createTable(one, CHANGE);
        fetched().create(SHOP, List.of(new FetchedTables.Seen(other, NOON, "")), CHANGE);
        assertThat(metastore().table(one.id())).contains(one);
        assertThat(metastore().table(other.id())).contains(other);
        metastore().replaceTable(next, CHANGE);

        assertThat(metastore().table(one.id())).contains(next);
        assertThat(next.columnIds()).isEqualTo(one.columnIds());
        assertThat(history().versions(one.id(), 9, 9))
                .extracting(version -> version.columnIds().keys())
                .containsOnly(Map.of());
    }

    @Test
    void doesNotFindADroppedTable() {
        metastore().dropTable(ORDERS.id(), CHANGE);

        fetched().seen(ORDERS.id(), "stamp 7", NOON);

        assertThat(fetched().find(SHOP.catalog(), "16385")).isEmpty();
        assertThat(fetched().stamps(SHOP)).isEmpty();
    }

    @Test
    void movesATableToAnotherDatabase() {
        DatabasePath archive = DatabasePath.of("postgres", "archive");
        Table next = ORDERS.moved(archive.table(new TableName("orders")), Alteration.of(new TableName("orders"), SPEC));

        assertThat(metastore().replaceTable(next, CHANGE)).isEqualTo(Metastore.Outcome.MISSING);
        metastore().createDatabase(new Database(archive, ""), NOON);
        assertThat(metastore().replaceTable(next, CHANGE)).isEqualTo(Metastore.Outcome.DONE);

        assertThat(metastore().table(ORDERS.path())).isEmpty();
        assertThat(metastore().table(next.path())).contains(next);
    }
}
