package io.millrace.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.access.Securable;
import io.millrace.core.catalog.Alteration;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.Table;
import io.millrace.core.catalog.TableId;
import io.millrace.core.catalog.TableName;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.lineage.Dependent;
import io.millrace.core.lineage.Dependents;
import io.millrace.core.lineage.LineageKind;
import io.millrace.core.lineage.Maker;
import io.millrace.core.workspace.WorkspaceId;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

class AffectedTest {
    private static final Dependent JOB = new Dependent(
            Maker.job(WorkspaceId.DEFAULT, "1", "totals", 2), 4, Set.of("amount"), Set.of(LineageKind.AGGREGATION));
    private static final Dependent VIEW = new Dependent(Maker.view("2", "c.d.v", 1), 1, Set.of("kind"), Set.of());

    /** The job reads amount, the view kind. */
    private static final Dependents READERS = new Readers(List.of(JOB, VIEW));

    /** Reads the same of each table. */
    record Readers(List<Dependent> all) implements Dependents {
        @Override
        public List<Dependent> of(TableId table, Set<String> columns) {
            return all.stream()
                    .filter(reader ->
                            columns.isEmpty() || reader.columns().stream().anyMatch(columns::contains))
                    .toList();
        }

        @Override
        public List<Dependent> of(CatalogName catalog, Optional<DatabaseName> database) {
            return all;
        }
    }

    private static final Table TABLE = table(Column.physical("amount", "INT"), Column.physical("kind", "STRING"));

    private static Table table(Column... columns) {
        return Table.registered(new TableId("t"), TablePath.of("c", "d", "orders"), spec(columns), Optional.empty());
    }

    private static TableSpec spec(Column... columns) {
        return TableSpec.of(List.of(columns), Map.of());
    }

    private static List<String> change(Column... columns) {
        return new Affected(READERS, () -> Rights.ALL)
                .byChange(TABLE, Alteration.of(new TableName("orders"), spec(columns)));
    }

    @Test
    void countsThoseThatTheCallerCannotSee() {
        List<Dependent> readers = List.of(
                VIEW,
                new Dependent(Maker.view("3", "c.secret.v", 1), 1, Set.of("kind"), Set.of()),
                new Dependent(Maker.view("4", "c.d.with.dots", 1), 1, Set.of("kind"), Set.of()),
                new Dependent(job("payroll"), 1, Set.of("kind"), Set.of()),
                new Dependent(job("payroll"), 9, Set.of("kind"), Set.of()));

        assertThat(new Affected(new Readers(readers), () -> new Seeing("table:2")).byDrop(TABLE))
                .containsExactly("Table 'c.d.orders' is read by view 'c.d.v', and by 3 jobs or views that you cannot"
                        + " see; what runs goes on with what it was planned with, a next start may fail.");
        assertThat(new Affected(new Readers(readers.subList(3, 5)), () -> Rights.NONE).byDrop(TABLE))
                .singleElement()
                .asString()
                .startsWith("Table 'c.d.orders' is read by 1 job or view that you cannot see;");
    }

    private static Maker job(String name) {
        return Maker.job(WorkspaceId.DEFAULT, new UUID(1, 2).toString(), name, 1);
    }

    /** Sees one thing. */
    private record Seeing(String key) implements Rights {
        @Override
        public List<String> denials(Privilege privilege, Securable asked) {
            return List.of();
        }

        @Override
        public boolean all() {
            return false;
        }

        @Override
        public boolean may(Privilege privilege, Securable object) {
            return privilege == Privilege.DESCRIBE && object.key().equals(key);
        }

        @Override
        public boolean sees(Securable object) {
            return false;
        }

        @Override
        public Set<String> below(Securable object) {
            return Set.of();
        }
    }

    @Test
    void namesAllReadersOfATableThatIsDropped() {
        assertThat(new Affected(READERS, () -> Rights.ALL).byDrop(TABLE))
                .containsExactly(
                        "Table 'c.d.orders' is read by job 'totals', view 'c.d.v'; what runs goes on with what it"
                                + " was planned with, a next start may fail.");
        assertThat(new Affected(new Readers(List.of()), () -> Rights.ALL).byDrop(TABLE))
                .isEmpty();
    }

    @Test
    void namesTheReadersOfColumnsThatGoOrChange() {
        assertThat(change(Column.physical("amount", "INT")))
                .singleElement()
                .asString()
                .startsWith("Column 'kind' of 'c.d.orders' is read by view 'c.d.v';");
        assertThat(change(Column.physical("amount", "BIGINT"), Column.physical("kind", "STRING")))
                .singleElement()
                .asString()
                .startsWith("Column 'amount' of 'c.d.orders' is read by job 'totals';");
        assertThat(change(Column.physical("total", "INT")))
                .singleElement()
                .asString()
                .startsWith("Columns 'amount', 'kind' of 'c.d.orders' are read by job 'totals', view 'c.d.v';");
    }

    @Test
    void namesTheReadersOfATableThatIsRenamed() {
        assertThat(new Affected(READERS, () -> Rights.ALL)
                        .byChange(TABLE, Alteration.of(new TableName("sales"), TABLE.spec())))
                .singleElement()
                .asString()
                .startsWith("Table 'c.d.orders' is read by job 'totals', view 'c.d.v';");
    }

    @Test
    void namesTheReadersOfAColumnThatIsRenamed() {
        var renamed = new Alteration(
                new TableName("orders"),
                spec(Column.physical("total", "INT"), Column.physical("kind", "STRING")),
                Map.of("total", 1));

        assertThat(new Affected(READERS, () -> Rights.ALL).byChange(TABLE, renamed))
                .singleElement()
                .asString()
                .startsWith("Column 'amount' of 'c.d.orders' is read by job 'totals';");
    }

    @Test
    void namesTheReadersOfADatabaseAndOfACatalog() {
        Affected affected = new Affected(READERS, () -> Rights.ALL);

        assertThat(affected.byDrop(new CatalogName("c"), Optional.of(new DatabaseName("d"))))
                .singleElement()
                .asString()
                .startsWith("What is in database 'c.d' is read by job 'totals', view 'c.d.v';");
        assertThat(affected.byDrop(new CatalogName("c"), Optional.empty()))
                .singleElement()
                .asString()
                .startsWith("What is in catalog 'c' is read by job 'totals', view 'c.d.v';");
        assertThat(new Affected(new Readers(List.of()), () -> Rights.ALL)
                        .byDrop(new CatalogName("c"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void saysNothingOfNewColumnsAndComments() {
        assertThat(change(
                        Column.physical("new", "INT"),
                        Column.physical("amount", "INT").commented(Optional.of("euros")),
                        Column.physical("kind", "STRING")))
                .isEmpty();
    }

    @Test
    void doesNotListHundreds() {
        List<Dependent> many = IntStream.range(100, 200)
                .mapToObj(i -> new Dependent(Maker.job(WorkspaceId.DEFAULT, "" + i, "j" + i, 1), 1, Set.of(), Set.of()))
                .toList();

        assertThat(new Affected(new Readers(many), () -> Rights.ALL).byDrop(TABLE))
                .singleElement()
                .asString()
                .contains("job 'j109' and 90 more;");
    }
}
