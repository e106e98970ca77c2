package io.millrace.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.Change.Cause;
import io.millrace.core.catalog.Metastore.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What any history of tables must do. Run for the in-memory metastore here and for the SQL one in server. */
public abstract class TableHistoryContract {
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final DatabasePath SHOP = DatabasePath.of("warehouse", "shop");
    private static final TableSpec SPEC = TableSpec.of(List.of(Column.physical("id", "INT")), Map.of());
    private static final TableSpec WIDER =
            TableSpec.of(List.of(Column.physical("n", "INT"), Column.physical("id", "INT")), Map.of());
    private static final Table ORDERS =
            Table.registered(new TableId("t-1"), SHOP.table(new TableName("orders")), SPEC, Optional.of("shop/orders"));
    private static final Table SALES = ORDERS.changed(Alteration.of(new TableName("sales"), WIDER));

    protected abstract Metastore metastore();

    protected abstract TableHistory history();

    @BeforeEach
    void aTableWithTwoVersions() {
        metastore().createDatabase(new Database(SHOP, ""), NOON);
        metastore().createTable(ORDERS, change(Cause.CREATED, 1));
        metastore().replaceTable(SALES, change(Cause.ALTERED, 2));
    }

    @Test
    void keepsEveryVersion() {
        assertThat(history().versions(ORDERS.id(), Long.MAX_VALUE, 10))
                .containsExactly(version(SALES, change(Cause.ALTERED, 2)), version(ORDERS, change(Cause.CREATED, 1)));
        assertThat(history().versions(ORDERS.id(), 2, 10)).hasSize(1);
        assertThat(history().versions(ORDERS.id(), Long.MAX_VALUE, 1)).hasSize(1);
        assertThat(history().versions(new TableId("t-9"), Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void keepsNothingOfARefusedChange() {
        metastore().replaceTable(SALES, change(Cause.ALTERED, 3));
        metastore().dropTable(new TableId("t-9"), change(Cause.DROPPED, 3));

        assertThat(history().versions(ORDERS.id(), Long.MAX_VALUE, 10)).hasSize(2);
    }

    @Test
    void listsWhatWasDropped() {
        metastore().dropTable(ORDERS.id(), change(Cause.DROPPED, 3));

        var expected = new DroppedTable(
                ORDERS.id(), SALES.path(), false, false, Optional.of("shop/orders"), change(Cause.DROPPED, 3));
        assertThat(history().dropped(SHOP, 0, 10)).containsExactly(expected);
        assertThat(history().dropped(SHOP, 1, 10)).isEmpty();
        assertThat(history().dropped(ORDERS.id())).contains(expected);
        assertThat(history().versions(ORDERS.id(), Long.MAX_VALUE, 1))
                .extracting(TableVersion::version)
                .containsExactly(3L);
    }

    @Test
    void findsTheLastOfSeveralDroppedTablesOfAName() {
        Table later = Table.registered(new TableId("t-2"), SALES.path(), SPEC, Optional.empty());
        Table other = Table.registered(new TableId("t-3"), ORDERS.path(), SPEC, Optional.empty());
        metastore().dropTable(ORDERS.id(), change(Cause.DROPPED, 3));
        metastore().createTable(later, change(Cause.CREATED, 4));
        metastore().createTable(other, change(Cause.CREATED, 4));

        assertThat(history().lastDropped(SALES.path()).map(DroppedTable::id)).contains(ORDERS.id());
        metastore().dropTable(later.id(), change(Cause.DROPPED, 5));
        metastore().dropTable(other.id(), change(Cause.DROPPED, 6));

        assertThat(history().lastDropped(SALES.path()).map(DroppedTable::id)).contains(later.id());
        history().restore(later.id(), later.path().table(), change(Cause.RESTORED, 7));
        history().purge(ORDERS.id(), () -> {});
        assertThat(history().lastDropped(SALES.path())).isEmpty();
    }

    @Test
    void bringsADroppedTableBack() {
        metastore().dropTable(ORDERS.id(), change(Cause.DROPPED, 3));

        assertThat(history().restore(ORDERS.id(), new TableName("sales"), change(Cause.RESTORED, 4)))
                .isEqualTo(Outcome.DONE);

        Table back = metastore().table(SALES.path()).orElseThrow();
        assertThat(back.id()).isEqualTo(ORDERS.id());
        assertThat(back.spec()).isEqualTo(WIDER);
        assertThat(back.columnIds()).isEqualTo(SALES.columnIds());
        assertThat(back.location()).contains("shop/orders");
        assertThat(back.version()).isEqualTo(4);
        assertThat(history().dropped(SHOP, 0, 10)).isEmpty();
        assertThat(history().restore(ORDERS.id(), new TableName("sales"), change(Cause.RESTORED, 5)))
                .isEqualTo(Outcome.MISSING);
    }

    @Test
    void bringsNoTableBackUnderANameThatIsTaken() {
        metastore().dropTable(ORDERS.id(), change(Cause.DROPPED, 3));
        metastore()
                .createTable(
                        Table.registered(new TableId("t-2"), SALES.path(), SPEC, Optional.empty()),
                        change(Cause.CREATED, 4));

        assertThat(history().restore(ORDERS.id(), new TableName("sales"), change(Cause.RESTORED, 5)))
                .isEqualTo(Outcome.NAME_TAKEN);
        assertThat(history().restore(ORDERS.id(), new TableName("sales_2"), change(Cause.RESTORED, 5)))
                .isEqualTo(Outcome.DONE);

        assertThat(metastore().table(SHOP.table(new TableName("sales_2"))).map(Table::id))
                .contains(ORDERS.id());
    }

    @Test
    void bringsNoTableBackIntoADatabaseThatIsGone() {
        metastore().dropDatabase(SHOP, true, change(Cause.DROPPED, 3));

        assertThat(history().versions(ORDERS.id(), Long.MAX_VALUE, 1))
                .extracting(TableVersion::change)
                .containsExactly(change(Cause.DROPPED, 3));
        assertThat(history().restore(ORDERS.id(), new TableName("sales"), change(Cause.RESTORED, 4)))
                .isEqualTo(Outcome.MISSING);
        assertThat(history().dropped(SHOP, 0, 10)).isEmpty();
    }

    @Test
    void forgetsOnlyWhatWasDropped() {
        List<String> done = new ArrayList<>();

        assertThat(history().purge(ORDERS.id(), () -> done.add("files"))).isEqualTo(Outcome.MISSING);
        metastore().dropTable(ORDERS.id(), change(Cause.DROPPED, 3));
        assertThat(history().purge(ORDERS.id(), () -> done.add("files"))).isEqualTo(Outcome.DONE);
        assertThat(history().purge(ORDERS.id(), () -> done.add("files"))).isEqualTo(Outcome.MISSING);

        assertThat(done).containsExactly("files");
        assertThat(history().dropped(ORDERS.id())).isEmpty();
        assertThat(history().versions(ORDERS.id(), Long.MAX_VALUE, 10)).isEmpty();
        assertThat(history().restore(ORDERS.id(), new TableName("sales"), change(Cause.RESTORED, 4)))
                .isEqualTo(Outcome.MISSING);
    }

    @Test
    void forgetsNothingIfTheFilesStay() {
        metastore().dropTable(ORDERS.id(), change(Cause.DROPPED, 3));

        assertThatThrownBy(() -> history().purge(ORDERS.id(), () -> {
                    throw new IllegalStateException("no way");
                }))
                .hasMessageContaining("no way");

        assertThat(history().restore(ORDERS.id(), new TableName("sales"), change(Cause.RESTORED, 4)))
                .isEqualTo(Outcome.DONE);
    }

    private static TableVersion version(Table table, Change change) {
        return new TableVersion(table.version(), table.path().table(), table.spec(), table.columnIds(), change);
    }

    private static Change change(Cause cause, int hour) {
        var origin = new Origin("local", Optional.of("-- " + cause));
        return new Change(cause, "number " + hour, origin, NOON.plusSeconds(hour * 3600L));
    }
}
