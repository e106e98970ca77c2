package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TableSpec;
import io.millrace.testkit.TestClock;
import io.millrace.testkit.TestPostgres;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** Columns of a PostgreSQL that others rename there keep their ids in a real metastore. */
class RenamedColumnsIT {
    private static final CatalogName NAME = new CatalogName("postgres");
    private static final DatabasePath PUBLIC = DatabasePath.of("postgres", "public");

    private final TestPostgres.Database database = TestPostgres.createDatabase();
    private final Jdbi remote = Jdbi.create(database.dataSource());
    private final PostgresRemote store = PostgresConnections.to(NAME, database);
    private final Jdbi own = SqlMetastoreIT.migrated();
    private final SqlFetchedTables fetched = new SqlFetchedTables(own);
    private final FetchedCatalog catalog = new FetchedCatalog(
            NAME, store, ConnectorFiles.read("jdbc"), new SqlMetastore(own), fetched, new TestClock());

    @BeforeEach
    void aTable() {
        sql("CREATE TABLE orders (id int, amount int, note text)");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepTheirIds() {
        Table before = orders();

        sql("ALTER TABLE orders RENAME COLUMN amount TO total");
        Table after = orders();

        assertThat(columns(after)).containsExactly("1 id", "2 total", "3 note");
        assertThat(after.version()).isEqualTo(before.version() + 1);
        assertThat(history(after)).isEqualTo("DRIFT: column `amount` renamed to `total` in the store");
        assertThat(orders()).isEqualTo(after);
    }

    @Test
    void keepTheirIdsWithAnotherType() {
        orders();

        sql("ALTER TABLE orders RENAME COLUMN amount TO total; ALTER TABLE orders ALTER COLUMN total TYPE bigint");

        assertThat(columns(orders())).containsExactly("1 id", "2 total", "3 note");
        assertThat(history(orders()))
                .isEqualTo("DRIFT: column `amount` renamed to `total`; column `total` INT → BIGINT in the store");
    }

    @Test
    void keepTheirIdsWithAnotherNameOfTheTable() {
        orders();

        sql("ALTER TABLE orders RENAME COLUMN amount TO total; ALTER TABLE orders RENAME TO sales");
        Table sales = catalog.find(PUBLIC.table(new TableName("sales"))).orElseThrow();

        assertThat(columns(sales)).containsExactly("1 id", "2 total", "3 note");
    }

    @Test
    void keepTheirIdsWhenTwoSwapTheirNames() {
        orders();

        sql("""
                ALTER TABLE orders RENAME COLUMN amount TO x;
                ALTER TABLE orders RENAME COLUMN note TO amount;
                ALTER TABLE orders RENAME COLUMN x TO note;
                """);

        assertThat(columns(orders())).containsExactly("1 id", "2 note", "3 amount");
        assertThat(history(orders()))
                .isEqualTo("DRIFT: column `amount` renamed to `note`; column `note` renamed to `amount` in the store");
    }

    @Test
    void doNotGiveTheirIdsToNewOnesOfTheirNames() {
        Table before = orders();

        sql("ALTER TABLE orders DROP COLUMN note; ALTER TABLE orders ADD COLUMN note text");
        Table after = orders();

        assertThat(after.spec()).isEqualTo(before.spec());
        assertThat(columns(after)).containsExactly("1 id", "2 amount", "4 note");
        assertThat(history(after))
                .isEqualTo("DRIFT: column `note` VARCHAR(2147483647) added; column `note` VARCHAR(2147483647) dropped"
                        + " in the store");
        assertThat(catalog.resolve(before.ref())).isEmpty();
    }

    @Test
    void loseTheirIdsWithTheirTable() {
        Table before = orders();

        sql("DROP TABLE orders; CREATE TABLE orders (note text, amount int, id int)");
        Table after = orders();

        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(columns(after)).containsExactly("1 note", "2 amount", "3 id");
        assertThat(history(after)).isEqualTo("CREATED: first seen in the store");
    }

    @Test
    void keepTheirIdsWhenAllTablesAreLookedAt() {
        sql("CREATE TABLE bills (id int, amount int)");
        refresh();

        sql("ALTER TABLE orders RENAME COLUMN amount TO total; ALTER TABLE bills RENAME COLUMN amount TO total");
        Refreshed second = refresh();

        assertThat(second.changed()).hasSize(2);
        assertThat(columns(orders())).containsExactly("1 id", "2 total", "3 note");
        assertThat(history(orders())).isEqualTo("DRIFT: column `amount` renamed to `total` in the store");
    }

    @Test
    void keepTheirIdsWhenTheyAreRenamedFromHereByTheirPlaceOnly() {
        Table before = orders();
        var columns = List.of(
                Column.physical("id", "INT"),
                Column.physical("total", "INT"),
                Column.physical("note", "VARCHAR(2147483647)"));

        Table after = catalog.alter(
                before, Alteration.of(before.path().table(), TableSpec.of(columns, Map.of())), Origin.of("local"));

        assertThat(columns(after)).containsExactly("1 id", "2 total", "3 note");
        assertThat(orders()).isEqualTo(after);
    }

    @Test
    void keepComputedColumnsBehindThem() {
        var columns = List.of(
                Column.physical("id", "INT"),
                Column.physical("amount", "INT"),
                Column.computed("twice", "`id` * 2"),
                Column.physical("note", "VARCHAR(2147483647)"));
        Table before = orders();
        catalog.alter(
                before, Alteration.of(before.path().table(), TableSpec.of(columns, Map.of())), Origin.of("local"));

        sql("ALTER TABLE orders RENAME COLUMN amount TO total");

        assertThat(columns(orders())).containsExactly("1 id", "2 total", "4 twice", "3 note");
        assertThat(history(orders())).isEqualTo("DRIFT: column `amount` renamed to `total` in the store");
    }

    @Test
    void keepTheirIdsThoughTheirTableWasKnownBeforeThereWereKeys() {
        Table before = orders();
        refresh();
        forgetKeys();

        assertThat(refresh().unchanged()).isEqualTo(1);
        assertThat(orders()).as("no new version, and keys").isEqualTo(before);
        sql("ALTER TABLE orders RENAME COLUMN amount TO total");
        assertThat(columns(orders())).containsExactly("1 id", "2 total", "3 note");

        forgetKeys();
        Table found = orders();
        sql("ALTER TABLE orders RENAME COLUMN total TO amount");
        assertThat(columns(orders())).containsExactly("1 id", "2 amount", "3 note");
        assertThat(orders().version()).isEqualTo(found.version() + 1);
    }

    @Test
    void keepTheirIdsThoughAServerWithoutKeysWroteMeanwhile() {
        Table before = orders();
        own.useHandle(
                handle -> handle.execute("UPDATE catalog_table SET column_keys = '{\"2\": \"2\", \"9\": \"3\"}'"));

        assertThat(orders()).isEqualTo(before);
    }

    /** As the migration leaves what was known. */
    private void forgetKeys() {
        own.useHandle(handle -> handle.execute("UPDATE catalog_table SET column_keys = DEFAULT, stamp = NULL"));
    }

    private Refreshed refresh() {
        Refreshed result = new Refreshed();
        catalog.refresh(PUBLIC, result);
        return result;
    }

    private String history(Table table) {
        var newest = new SqlTableHistory(own)
                .versions(table.id(), Long.MAX_VALUE, 1)
                .get(0)
                .change();
        return newest.cause() + ": " + newest.summary();
    }

    private static List<String> columns(Table table) {
        List<Integer> ids = table.columnIds().inOrder();
        return table.spec().columns().stream()
                .map(column -> ids.get(table.spec().columns().indexOf(column)) + " " + column.name())
                .toList();
    }

    private Table orders() {
        return catalog.find(PUBLIC.table(new TableName("orders"))).orElseThrow();
    }

    private void sql(String statements) {
        remote.useHandle(handle -> JdbcStore.execute(handle, List.of(statements)));
    }
}
