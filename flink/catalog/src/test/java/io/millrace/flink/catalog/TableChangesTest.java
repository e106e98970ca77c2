package io.millrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.CatalogMaterializedTable.RefreshStatus;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.StartMode;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.TableDistribution;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.catalog.WatermarkSpec;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;

/** One of each kind of change that this Flink knows: a kind without a decision fails. */
class TableChangesTest {
    private static final Column N = Column.physical("n", DataTypes.INT());
    private static final UniqueConstraint KEY = UniqueConstraint.primaryKey("pk", List.of("n"));
    private static final WatermarkSpec SEEN = WatermarkSpec.of("seen", new ValueLiteralExpression(1));
    private static final TableDistribution BUCKETS = TableDistribution.ofHash(List.of("n"), 3);

    private static final List<TableChange> HELD = List.of(
            TableChange.add(N),
            TableChange.modify(N, N, TableChange.ColumnPosition.first()),
            TableChange.modifyColumnName(N, "m"),
            TableChange.modifyColumnComment(N, "why"),
            TableChange.modifyColumnPosition(N, TableChange.ColumnPosition.after("m")),
            TableChange.modifyPhysicalColumnType(N, DataTypes.BIGINT()),
            TableChange.dropColumn("n"),
            TableChange.add(KEY),
            TableChange.modify(KEY),
            TableChange.dropConstraint("pk"),
            TableChange.add(SEEN),
            TableChange.modify(SEEN),
            TableChange.dropWatermark(),
            new TableChange.ModifyTableComment("why"),
            TableChange.set("format", "json"),
            TableChange.reset("format"));

    private static final List<TableChange> REFUSED = List.of(
            TableChange.add(BUCKETS),
            TableChange.modify(BUCKETS),
            TableChange.dropDistribution(),
            TableChange.modifyDefinitionQuery("SELECT 1", "SELECT 2"),
            TableChange.modifyRefreshHandler("handler", new byte[0]),
            TableChange.modifyRefreshStatus(RefreshStatus.SUSPENDED),
            TableChange.modifyStartMode(StartMode.of(StartMode.StartModeKind.FROM_BEGINNING)));

    @Test
    void decidesAboutEveryChangeOfThisFlink() {
        List<Class<?>> kinds = Stream.of(TableChange.class.getDeclaredClasses())
                .filter(TableChange.class::isAssignableFrom)
                .filter(kind -> !Modifier.isAbstract(kind.getModifiers()))
                .<Class<?>>map(kind -> kind)
                .toList();

        assertThat(Stream.concat(HELD.stream(), REFUSED.stream()))
                .extracting(Object::getClass)
                .as("add a change of the missing kind to the held or the refused ones")
                .containsExactlyInAnyOrderElementsOf(kinds);
    }

    @Test
    void takesWhatADefinitionHolds() {
        TableChanges.check(HELD);
    }

    @Test
    void refusesTheRestAndSaysWhat() {
        assertThat(REFUSED)
                .allSatisfy(change -> assertThatThrownBy(() -> TableChanges.check(List.of(change)))
                        .isInstanceOf(CatalogException.class)
                        .hasMessageContaining(
                                change.getClass().getSimpleName().contains("Distribution")
                                        ? "DISTRIBUTED BY"
                                        : change.getClass().getSimpleName()));
    }
}
