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
import io.millrace.testkit.TestPostgres;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
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
            INSERT INTO catalog_table
                (id, database_id, name, version, definition, last_column_id, remote_key, stamp, created_at, changed_at)
            SELECT 't' || n, d.id, 'orders_' || lpad(CAST(n AS text), 5, '0'), 1,
                   jsonb_build_object('name', 'orders_' || lpad(CAST(n AS text), 5, '0'), 'kind', 'TABLE',
                       'comment', 'batch ' || n % 100, 'columns', jsonb_build_array(jsonb_build_object(
                           'id', 1, 'name', 'customer_' || n, 'kind', 'PHYSICAL', 'type', 'INT', 'virtual', false))),
                   1, CASE WHEN CAST(:stamp AS text) IS NOT NULL THEN CAST(1000000 + n AS text) END,
                   CAST(:stamp AS text), now(), now()
            FROM generate_series(1, :tables) AS n, catalog_database d
            WHERE d.name = 'many'
            """;

    private static final CatalogName CRM = new CatalogName("crm");
    private static final DatabasePath THERE = DatabasePath.of("crm", "many");

    /** PostgreSQL has what its system tables say, and writes them faster than it makes that many views. */
    private static final String VIEWS = """
            CREATE SCHEMA many;
            CREATE VIEW model AS SELECT 1 AS customer;
            INSERT INTO pg_class
            SELECT made.*
            FROM pg_class c, generate_series(1, 50000) AS n, jsonb_populate_record(c, jsonb_build_object(
                'oid', 1000000 + n, 'relname', 'orders_' || lpad(CAST(n AS text), 5, '0'),
                'relnamespace', CAST(CAST('many' AS regnamespace) AS oid))) AS made
            WHERE c.relname = 'model';
            INSERT INTO pg_attribute
            SELECT made.*
            FROM pg_attribute a, generate_series(1, 50000) AS n, jsonb_populate_record(a, jsonb_build_object(
                'attrelid', 1000000 + n, 'attname', 'customer_' || n)) AS made
            WHERE a.attrelid = CAST('model' AS regclass);
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
        fill(50_000, null);
        var search = new SqlCatalogSearch(jdbi);
        var first = Found.Place.of("");

        assertThat(catalog.tables(MANY)).hasSize(50_000);
        assertThat(names(catalog.tables(MANY, new TableFilter("_0499", "", 3))))
                .containsExactly("orders_04990", "orders_04991", "orders_04992");
        assertThat(names(catalog.tables(MANY, new TableFilter("_0499", "orders_04998", 3))))
                .containsExactly("orders_04999");
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

    @Test
    void refreshesPagesAndSearchesFiftyThousandTablesOfAStore() {
        TestPostgres.Database database = TestPostgres.createDatabase();
        Jdbi.create(database.dataSource()).useHandle(handle -> JdbcStore.execute(handle, List.of(VIEWS)));
        var known = new SqlFetchedTables(jdbi);
        Refreshed refreshed = new Refreshed();
        List<String> pages = new ArrayList<>();

        try (PostgresRemote store = PostgresConnections.to(CRM, database)) {
            var fetched = new FetchedCatalog(
                    CRM, store, ConnectorFiles.read("jdbc"), new SqlMetastore(jdbi), known, new TestClock());
            assertThat(fetched.databases()).hasSize(2);
            fill(48_999, store.heads(THERE).get(0).stamp());
            fetched.refresh(THERE, refreshed);
            for (List<String> page = page(fetched, ""); !page.isEmpty(); page = page(fetched, last(page))) {
                pages.addAll(page);
            }
            assertThat(names(fetched.tables(THERE, new TableFilter("_4999", "orders_49997", 5))))
                    .containsExactly("orders_49998", "orders_49999");
        }

        assertThat(refreshed.unchanged()).isEqualTo(48_999);
        assertThat(refreshed.added()).hasSize(1_001);
        assertThat(pages).hasSize(50_000).isSorted().doesNotHaveDuplicates();
        assertThat(names(known.known(THERE, TableFilter.ALL))).isEqualTo(pages);
        assertThat(new SqlCatalogSearch(jdbi)
                        .search(List.of("CUSTOMER_4999", "orders"), List.of("crm"), Found.Place.of(""), 100))
                .hasSize(11);
    }

    private void fill(int tables, @Nullable String stamp) {
        jdbi.useHandle(handle -> handle.createUpdate(FILL)
                .bind("tables", tables)
                .bind("stamp", stamp)
                .execute());
    }

    private static List<String> page(Catalog of, String after) {
        return names(of.tables(THERE, new TableFilter("", after, 5_000)));
    }

    private static String last(List<String> page) {
        return page.get(page.size() - 1);
    }

    private static List<String> names(List<ListedTable> tables) {
        return tables.stream().map(ListedTable::name).map(TableName::value).toList();
    }
}
