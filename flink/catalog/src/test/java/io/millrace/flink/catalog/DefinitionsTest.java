package io.millrace.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.catalog.TableDefinition;
import io.millrace.api.catalog.TableView;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.TableDistribution;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.catalog.WatermarkSpec;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class DefinitionsTest {
    private static final ResolvedSchema SCHEMA = new ResolvedSchema(
            List.of(
                    Column.physical("id", DataTypes.BIGINT().notNull()).withComment("the key"),
                    Column.computed("answer", new ValueLiteralExpression(42)),
                    Column.metadata("at", DataTypes.TIMESTAMP_LTZ(3), "timestamp", true),
                    Column.metadata("headers", DataTypes.MAP(DataTypes.STRING(), DataTypes.BYTES()), null, false),
                    Column.physical("day", DataTypes.ROW(DataTypes.FIELD("a b", DataTypes.DATE())))),
            List.of(WatermarkSpec.of("at", new ValueLiteralExpression(1))),
            UniqueConstraint.primaryKey("pk", List.of("id")),
            List.of());

    private static CatalogTable.Builder table() {
        return CatalogTable.newBuilder()
                .schema(Schema.newBuilder().fromResolvedSchema(SCHEMA).build())
                .comment("a table")
                .partitionKeys(List.of("day"))
                .options(Map.of("connector", "millrace", "ref", "7@3", "format", "json"));
    }

    private static TableDefinition definition(CatalogTable table) {
        return Definitions.fromFlink("t", new ResolvedCatalogTable(table, SCHEMA));
    }

    @Test
    void keepsWhatTheUserSetAndNothingElse() {
        TableDefinition definition = definition(table().build());

        assertThat(definition.options()).isEqualTo(Map.of("format", "json"));
        assertThat(definition.columns().get(4).type()).isEqualTo("ROW<`a b` DATE>");
        assertThat(definition.columns().get(1).expression()).isEqualTo("42");
    }

    @Test
    void givesFlinkTheSameTableBack() {
        TableDefinition definition = definition(table().build());

        CatalogBaseTable back = Definitions.toFlink(new TableView("7", 4, "7@4", "c", "d", definition));

        assertThat(back.getOptions()).isEqualTo(Map.of("connector", "millrace", "ref", "7@4", "format", "json"));
        assertThat(back.getComment()).isEqualTo("a table");
        assertThat(((CatalogTable) back).getPartitionKeys()).containsExactly("day");
        assertThat(back.getUnresolvedSchema().getColumns())
                .extracting(Schema.UnresolvedColumn::getName)
                .containsExactly("id", "answer", "at", "headers", "day");
        assertThat(back.getUnresolvedSchema().getPrimaryKey()).isPresent();
        assertThat(back.getUnresolvedSchema().getWatermarkSpecs()).hasSize(1);
    }

    @Test
    void refusesWhatWouldBeLost() {
        assertThatThrownBy(() -> definition(
                        table().distribution(TableDistribution.ofUnknown(3)).build()))
                .isInstanceOf(CatalogException.class);
        assertThatThrownBy(() -> definition(table().snapshot(1L).build())).isInstanceOf(CatalogException.class);
    }

    @Test
    void findsTheVersionInAReference() {
        assertThat(References.versionOf(Map.of("ref", "a@b@12"))).hasValue(12);
        assertThat(References.versionOf(Map.of("ref", "broken"))).isEmpty();
        assertThat(References.refOf(Map.of("connector", "datagen", "ref", "7@3")))
                .isEmpty();
    }
}
