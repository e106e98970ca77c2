package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.testkit.TestClock;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sizes that nobody wants and somebody has. */
class LargeCatalogIT {
    private static final CatalogName NAME = new CatalogName("warehouse");
    private static final DatabasePath MANY = DatabasePath.of("warehouse", "many");
    private static final Origin US = Origin.of("local");
    private static final String FILL = """
            INSERT INTO catalog_table (id, database_id, name, version, definition, last_column_id, created_at, changed_at)
            SELECT 't' || n, d.id, 'orders_' || lpad(CAST(n AS text), 5, '0'), 1,
                   jsonb_build_object('name', 'orders_' || lpad(CAST(n AS text), 5, '0'), 'kind', 'TABLE',
                       'comment', 'batch ' || n % 100, 'columns', jsonb_build_array(jsonb_build_object(
                           'id', 1, 'name', 'customer_' || n, 'kind', 'PHYSICAL', 'type', 'INT', 'virtual', false))),
                   1, now(), now()
            FROM generate_series(1, 50000) AS n, catalog_database d
            WHERE d.name = 'many'
            """;

    private final Jdbi jdbi = SqlMetastoreIT.migrated();
    private final RegisteredCatalog catalog = new RegisteredCatalog(
            NAME,
            new WarehouseStore("file:///data/warehouse/"),
            ConnectorFiles.read("filesystem"),
            new SqlMetastore(jdbi),
            new TestClock());

    @Test
    void keepsATableOfTenThousandColumns() {
        catalog.createDatabase(new DatabaseName("many"), "");
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < 9_999; i++) {
            columns.add(Column.physical("c" + i, "VARCHAR(2147483647)"));
        }
        TablePath path = MANY.table(new TableName("wide"));

        Table created = catalog.create(path, TableSpec.of(columns, Map.of()), US);
        columns.add(0, Column.physical("first", "INT"));
        Table wider = catalog.alter(created, Alteration.of(path.table(), TableSpec.of(columns, Map.of())), US);

        assertThat(catalog.find(path)).contains(wider);
        assertThat(wider.columnIds().inOrder()).hasSize(10_000).startsWith(10_000, 1, 2);
        assertThat(catalog.resolve(wider.ref())).isPresent();
    }

    @Test
    void listsPagesAndSearchesFiftyThousandTables() {
        catalog.createDatabase(new DatabaseName("many"), "");
        jdbi.useHandle(handle -> handle.execute(FILL));
        var search = new SqlCatalogSearch(jdbi);
        var first = Found.Place.of("");

        assertThat(catalog.tables(MANY)).hasSize(50_000);
        assertThat(names(new TableFilter("_0499", "", 3)))
                .containsExactly("orders_04990", "orders_04991", "orders_04992");
        assertThat(names(new TableFilter("_0499", "orders_04998", 3))).containsExactly("orders_04999");
        assertThat(search.search(List.of("CUSTOMER_4999", "batch"), List.of("warehouse"), first, 100))
                .extracting(each -> each.place().name())
                .containsExactly(
                        "orders_04999",
                        "orders_49990",
                        "orders_49991",
                        "orders_49992",
                        "orders_49993",
                        "orders_49994",
                        "orders_49995",
                        "orders_49996",
                        "orders_49997",
                        "orders_49998",
                        "orders_49999");
        assertThat(search.search(List.of("customer"), List.of("kafka"), first, 1))
                .isEmpty();
        List<Found> page = search.search(List.of("batch 7"), List.of("warehouse"), first, 2);
        var behind = Found.Place.of(page.get(1).place().token());
        assertThat(search.search(List.of("batch 7"), List.of("warehouse"), behind, 1)
                        .get(0)
                        .place()
                        .name())
                .isGreaterThan(page.get(1).place().name());
    }

    private List<String> names(TableFilter filter) {
        return catalog.tables(MANY, filter).stream()
                .map(ListedTable::name)
                .map(TableName::value)
                .toList();
    }
}
