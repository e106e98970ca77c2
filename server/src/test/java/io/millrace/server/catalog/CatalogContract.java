package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.Database;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.ListedTable;
import io.millrace.core.catalog.Origin;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableFilter;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.catalog.Watermark;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a catalog must do in which users can create databases, whatever store is behind it. */
abstract class CatalogContract {
    protected static final Origin US = Origin.of("local");

    private static final DatabaseName SALES = new DatabaseName("sales");

    /** Two columns that every store can hold, in the types that it gives back. */
    private static final TableSpec ORDERS = TableSpec.of(
            List.of(Column.physical("id", "BIGINT NOT NULL"), Column.physical("note", "VARCHAR(2147483647)")),
            Map.of());

    protected abstract Catalog catalog();

    @Test
    void createsAndDropsDatabases() {
        catalog().createDatabase(SALES, "what we sold");

        assertThat(catalog().databases()).contains(new Database(sales(), "what we sold"));
        assertFails(ErrorCode.DATABASE_EXISTS, () -> catalog().createDatabase(SALES, ""));

        catalog().dropDatabase(SALES, false, US);
        assertThat(catalog().databases()).extracting(Database::name).doesNotContain(SALES);
        assertFails(ErrorCode.DATABASE_NOT_FOUND, () -> catalog().dropDatabase(SALES, false, US));
    }

    @Test
    void keepsWhatIsCreated() {
        catalog().createDatabase(SALES, "");

        Table created = catalog().create(orders(), ORDERS, US);

        assertThat(created.spec()).isEqualTo(ORDERS);
        assertThat(created.path()).isEqualTo(orders());
        assertThat(catalog().find(orders())).contains(created);
        assertThat(catalog().tables(sales(), TableFilter.ALL))
                .containsExactly(new ListedTable(new TableName("orders"), false, ""));
        assertFails(ErrorCode.TABLE_EXISTS, () -> catalog().create(orders(), ORDERS, US));
    }

    @Test
    void knowsNothingOfWhatIsNotThere() {
        TablePath nowhere = TablePath.of(catalog().name().value(), "nowhere", "t");

        assertThat(catalog().find(nowhere)).isEmpty();
        assertFails(ErrorCode.DATABASE_NOT_FOUND, () -> catalog().tables(nowhere.parent(), TableFilter.ALL));
        assertFails(ErrorCode.DATABASE_NOT_FOUND, () -> catalog().create(nowhere, ORDERS, US));
        assertFails(ErrorCode.TABLE_NOT_FOUND, () -> catalog().drop(nowhere, US));
    }

    @Test
    void resolvesOneVersionOnly() {
        catalog().createDatabase(SALES, "");
        Table first = catalog().create(orders(), ORDERS, US);
        assertThat(catalog().resolve(first.ref()))
                .hasValueSatisfying(options -> assertThat(options).containsKey("connector"));

        Table second = catalog().alter(first, Alteration.of(first.path().table(), withColumn("amount", "INT")), US);

        assertThat(catalog().resolve(first.ref())).isEmpty();
        assertThat(catalog().resolve(second.ref())).isPresent();
        assertThat(catalog().resolve(new TableRef(first.id(), second.version() + 1)))
                .isEmpty();
    }

    @Test
    void findsAndResolvesSeveralTablesAsItDoesEach() {
        catalog().createDatabase(SALES, "");
        Table orders = catalog().create(orders(), ORDERS, US);
        Table items = catalog().create(sales().table(new TableName("items")), ORDERS, US);
        TablePath nothing = sales().table(new TableName("nothing"));
        TablePath nowhere = TablePath.of(catalog().name().value(), "nowhere", "t");
        TablePath nowhereToo = TablePath.of(catalog().name().value(), "nowhere", "u");

        var finder = catalog().finder(List.of(orders.path(), items.path(), nothing, nowhere, nowhereToo));
        var resolver = catalog().resolver(List.of(orders, items));

        assertThat(finder.apply(orders.path())).contains(orders);
        assertThat(finder.apply(items.path())).contains(items);
        assertThat(finder.apply(nothing)).isEmpty();
        assertThat(finder.apply(nowhere)).isEmpty();
        for (Table table : List.of(orders, items)) {
            assertThat(resolver.apply(table)).isPresent().isEqualTo(catalog().resolve(table.ref()));
        }
    }

    @Test
    void changesATableOnceForEachVersion() {
        catalog().createDatabase(SALES, "");
        Table first = catalog().create(orders(), ORDERS, US);

        Table second = catalog().alter(first, Alteration.of(first.path().table(), withColumn("amount", "INT")), US);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.spec()).isEqualTo(withColumn("amount", "INT"));
        assertFails(
                ErrorCode.STALE_VERSION,
                () -> catalog().alter(first, Alteration.of(first.path().table(), withColumn("price", "INT")), US));
        assertThat(catalog().find(orders())).contains(second);
    }

    @Test
    void renamesATable() {
        catalog().createDatabase(SALES, "");
        Table orders = catalog().create(orders(), ORDERS, US);
        catalog().create(sales().table(new TableName("taken")), ORDERS, US);

        assertFails(
                ErrorCode.TABLE_EXISTS,
                () -> catalog().alter(orders, Alteration.of(new TableName("taken"), ORDERS), US));
        Table renamed = catalog().alter(orders, Alteration.of(new TableName("purchases"), ORDERS), US);

        assertThat(renamed.id()).isEqualTo(orders.id());
        assertThat(catalog().find(orders())).isEmpty();
        assertThat(catalog().find(sales().table(new TableName("purchases")))).contains(renamed);
    }

    @Test
    void givesATableThatIsCreatedAnewAnotherId() {
        catalog().createDatabase(SALES, "");
        Table first = catalog().create(orders(), ORDERS, US);

        catalog().drop(orders(), US);
        Table second = catalog().create(orders(), ORDERS, US);

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(catalog().resolve(first.ref())).isEmpty();
    }

    @Test
    void dropsADatabaseWithTablesOnlyWhenTold() {
        catalog().createDatabase(SALES, "");
        catalog().create(orders(), ORDERS, US);

        assertFails(ErrorCode.DATABASE_NOT_EMPTY, () -> catalog().dropDatabase(SALES, false, US));
        catalog().dropDatabase(SALES, true, US);

        assertThat(catalog().find(orders())).isEmpty();
    }

    @Test
    void takesNoOptionThatIsNotListed() {
        catalog().createDatabase(SALES, "");

        for (String key : List.of("path", "url", "password", "connector", "properties.bootstrap.servers", "no.such")) {
            var spec = TableSpec.of(ORDERS.columns(), Map.of(key, "x"));

            assertThatThrownBy(() -> catalog().create(orders(), spec, US))
                    .isInstanceOfSatisfying(MillraceException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.OPTION_INVALID);
                        assertThat(e.flaws()).extracting("pointer").containsExactly("/options/" + key);
                    });
        }
    }

    @Test
    void takesNoTableThatMakesNoSense() {
        catalog().createDatabase(SALES, "");
        var twice = TableSpec.of(List.of(Column.physical("a", "INT"), Column.physical("a", "INT")), Map.of());

        assertFails(ErrorCode.TABLE_INVALID, () -> catalog().create(orders(), twice, US));
        assertThat(catalog().find(orders())).isEmpty();
    }

    protected static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    protected static TableSpec timed(Watermark watermark) {
        return new TableSpec(
                List.of(Column.physical("at", "TIMESTAMP(3)")),
                Optional.empty(),
                List.of(watermark),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    protected DatabasePath sales() {
        return new DatabasePath(catalog().name(), SALES);
    }

    protected TablePath orders() {
        return sales().table(new TableName("orders"));
    }

    private static TableSpec withColumn(String name, String type) {
        var columns = new ArrayList<>(ORDERS.columns());
        columns.add(Column.physical(name, type));
        return TableSpec.of(columns, Map.of());
    }
}
