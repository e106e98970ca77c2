package io.millrace.core.catalog;

import static io.millrace.core.catalog.Metastore.Outcome.DONE;
import static io.millrace.core.catalog.Metastore.Outcome.MISSING;
import static io.millrace.core.catalog.Metastore.Outcome.NAME_TAKEN;
import static io.millrace.core.catalog.Metastore.Outcome.NOT_EMPTY;
import static io.millrace.core.catalog.Metastore.Outcome.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What any metastore must do. Run for the in-memory metastore here and for the SQL one in server. */
public abstract class MetastoreContract {
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Change CREATED = new Change(Change.Cause.CREATED, "", Origin.of("local"), NOON);
    private static final Change ALTERED = new Change(Change.Cause.ALTERED, "", Origin.of("local"), NOON);
    private static final Change DROPPED = new Change(Change.Cause.DROPPED, "", Origin.of("local"), NOON);
    private static final DatabasePath TRAFFIC = DatabasePath.of("warehouse", "traffic");
    private static final TableSpec WHOLE = new TableSpec(
            List.of(
                    Column.physical("id", "BIGINT NOT NULL"),
                    Column.physical("日志", "ROW<`a` INT, `b` ARRAY<STRING>>").commented(Optional.of("原始")),
                    Column.computed("at", "TO_TIMESTAMP_LTZ(`id`, 3)"),
                    new Column(
                            "offset",
                            ColumnKind.METADATA,
                            Optional.of("BIGINT"),
                            Optional.empty(),
                            Optional.of("the-offset"),
                            true,
                            Optional.empty())),
            Optional.of(new PrimaryKey("PK_id", List.of("id"))),
            List.of(new Watermark("at", "`at` - INTERVAL '5' SECOND")),
            List.of("id"),
            Map.of("format", "json", "topic", "a'b\\c"),
            Optional.of("what came in"),
            Optional.empty());
    private static final Table DETAIL = table("t-1", "detail", WHOLE);

    protected abstract Metastore metastore();

    @BeforeEach
    void aDatabase() {
        metastore().createDatabase(new Database(TRAFFIC, "web"), NOON);
    }

    @Test
    void keepsDatabasesByName() {
        metastore().createDatabase(new Database(DatabasePath.of("warehouse", "audit"), ""), NOON);

        assertThat(metastore().databases(TRAFFIC.catalog()))
                .containsExactly(new Database(DatabasePath.of("warehouse", "audit"), ""), new Database(TRAFFIC, "web"));
        assertThat(metastore().databases(new CatalogName("kafka"))).isEmpty();
    }

    @Test
    void refusesADatabaseTwice() {
        assertThat(metastore().createDatabase(new Database(TRAFFIC, "again"), NOON))
                .isEqualTo(NAME_TAKEN);
        assertThat(metastore().createDatabase(new Database(DatabasePath.of("kafka", "traffic"), ""), NOON))
                .isEqualTo(DONE);
    }

    @Test
    void givesBackAWholeTable() {
        assertThat(metastore().createTable(DETAIL, CREATED)).isEqualTo(DONE);

        assertThat(metastore().table(DETAIL.path())).contains(DETAIL);
        assertThat(metastore().table(DETAIL.id())).contains(DETAIL);
    }

    @Test
    void givesBackSeveralTablesAtOnce() {
        Table other = table("t-2", "other", WHOLE);
        Table dropped = table("t-3", "dropped", WHOLE);
        List.of(DETAIL, other, dropped, table("t-4", "unasked", WHOLE))
                .forEach(each -> metastore().createTable(each, CREATED));
        metastore().dropTable(dropped.id(), DROPPED);
        TablePath sameName = TablePath.of("warehouse", "nowhere", "other");

        assertThat(metastore().tables(List.of(DETAIL.path(), other.path(), dropped.path(), sameName)))
                .containsExactlyInAnyOrder(DETAIL, other);
        assertThat(metastore().tablesById(List.of(DETAIL.id(), other.id(), dropped.id(), new TableId("t-9"))))
                .containsExactlyInAnyOrder(DETAIL, other);
        assertThat(metastore().tables(List.of())).isEmpty();
        assertThat(metastore().tablesById(List.of())).isEmpty();
    }

    @Test
    void givesBackAView() {
        var spec = new TableSpec(
                List.of(Column.physical("n", "INT")),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(new ViewQuery("SELECT 1 AS n", "SELECT 1 AS `n`")));
        var view = Table.registered(new TableId("v-1"), TRAFFIC.table(new TableName("one")), spec, Optional.empty());

        metastore().createTable(view, CREATED);

        assertThat(metastore().table(view.path())).contains(view);
    }

    @Test
    void refusesATableTwiceAndOneWithoutADatabase() {
        metastore().createTable(DETAIL, CREATED);

        assertThat(metastore().createTable(table("t-2", "detail", WHOLE), CREATED))
                .isEqualTo(NAME_TAKEN);
        assertThat(metastore().createTable(table("t-2", "Detail", WHOLE), CREATED))
                .isEqualTo(DONE);
        var elsewhere = Table.registered(
                new TableId("t-3"), TablePath.of("warehouse", "nowhere", "detail"), WHOLE, Optional.empty());
        assertThat(metastore().createTable(elsewhere, CREATED)).isEqualTo(MISSING);
    }

    @Test
    void listsTheTablesOfOneDatabaseByName() {
        metastore().createDatabase(new Database(DatabasePath.of("warehouse", "audit"), ""), NOON);
        metastore().createTable(table("t-1", "b", WHOLE), CREATED);
        metastore().createTable(table("t-2", "a", WHOLE), CREATED);

        assertThat(metastore().list(TRAFFIC, TableFilter.ALL))
                .containsExactly(
                        new ListedTable(new TableName("a"), false, "what came in"),
                        new ListedTable(new TableName("b"), false, "what came in"));
        assertThat(metastore().list(DatabasePath.of("warehouse", "audit"), TableFilter.ALL))
                .isEmpty();
    }

    @Test
    void listsAFewTablesOfAName() {
        for (String name : List.of("Orders_1", "orders_2", "orders_3", "or%ers", "users", "ordersX2")) {
            metastore().createTable(table(name, name, WHOLE), CREATED);
        }

        assertThat(names(new TableFilter("ORDERS_", "", 2))).containsExactly("Orders_1", "orders_2");
        assertThat(names(new TableFilter("ORDERS_", "orders_2", 2))).containsExactly("orders_3");
        assertThat(names(new TableFilter("%", "", 9))).containsExactly("or%ers");
        assertThat(names(new TableFilter("\\", "", 9))).isEmpty();
    }

    @Test
    void replacesTheVersionThatTheChangeIsBasedOn() {
        metastore().createTable(DETAIL, CREATED);
        Table first = DETAIL.changed(
                Alteration.of(DETAIL.path().table(), TableSpec.of(WHOLE.columns(), Map.of("topic", "x"))));
        Table second = DETAIL.changed(
                Alteration.of(DETAIL.path().table(), TableSpec.of(WHOLE.columns(), Map.of("topic", "y"))));

        assertThat(metastore().replaceTable(first, ALTERED)).isEqualTo(DONE);
        assertThat(metastore().replaceTable(second, ALTERED)).isEqualTo(STALE);

        assertThat(metastore().table(DETAIL.id())).contains(first);
    }

    @Test
    void renamesATableAndKeepsItsIdAndPlace() {
        metastore().createTable(DETAIL, CREATED);
        metastore().createTable(table("t-2", "taken", WHOLE), CREATED);

        assertThat(metastore().replaceTable(DETAIL.changed(Alteration.of(new TableName("taken"), WHOLE)), ALTERED))
                .isEqualTo(NAME_TAKEN);
        assertThat(metastore().replaceTable(DETAIL.changed(Alteration.of(new TableName("events"), WHOLE)), ALTERED))
                .isEqualTo(DONE);

        assertThat(metastore().table(DETAIL.path())).isEmpty();
        assertThat(metastore().table(TablePath.of("warehouse", "traffic", "events")))
                .contains(DETAIL.changed(Alteration.of(new TableName("events"), WHOLE)));
    }

    @Test
    void forgetsADroppedTableAndFreesItsName() {
        metastore().createTable(DETAIL, CREATED);

        assertThat(metastore().dropTable(DETAIL.id(), DROPPED)).isEqualTo(DONE);
        assertThat(metastore().dropTable(DETAIL.id(), DROPPED)).isEqualTo(MISSING);

        assertThat(metastore().table(DETAIL.id())).isEmpty();
        assertThat(metastore().list(TRAFFIC, TableFilter.ALL)).isEmpty();
        assertThat(metastore()
                        .replaceTable(DETAIL.changed(Alteration.of(DETAIL.path().table(), WHOLE)), ALTERED))
                .isEqualTo(STALE);
        assertThat(metastore().createTable(table("t-9", "detail", WHOLE), CREATED))
                .isEqualTo(DONE);
    }

    @Test
    void dropsADatabaseWithTablesOnlyWhenTold() {
        metastore().createTable(DETAIL, CREATED);

        assertThat(metastore().dropDatabase(TRAFFIC, false, DROPPED)).isEqualTo(NOT_EMPTY);
        assertThat(metastore().dropDatabase(TRAFFIC, true, DROPPED)).isEqualTo(DONE);
        assertThat(metastore().dropDatabase(TRAFFIC, true, DROPPED)).isEqualTo(MISSING);

        assertThat(metastore().databases(TRAFFIC.catalog())).isEmpty();
        assertThat(metastore().table(DETAIL.id())).isEmpty();
    }

    @Test
    void startsADatabaseOfTheSameNameEmpty() {
        metastore().createTable(DETAIL, CREATED);
        metastore().dropDatabase(TRAFFIC, true, DROPPED);

        assertThat(metastore().createDatabase(new Database(TRAFFIC, ""), NOON)).isEqualTo(DONE);

        assertThat(metastore().list(TRAFFIC, TableFilter.ALL)).isEmpty();
        assertThat(metastore().dropDatabase(TRAFFIC, false, DROPPED)).isEqualTo(DONE);
    }

    private List<String> names(TableFilter filter) {
        return metastore().list(TRAFFIC, filter).stream()
                .map(each -> each.name().value())
                .toList();
    }

    private static Table table(String id, String name, TableSpec spec) {
        return Table.registered(
                new TableId(id), TRAFFIC.table(new TableName(name)), spec, Optional.of("traffic/" + name + "-" + id));
    }
}
