package io.millrace.flink.catalog;

import io.millrace.api.catalog.ColumnView;
import io.millrace.api.catalog.PrimaryKeyView;
import io.millrace.api.catalog.TableDefinition;
import io.millrace.api.catalog.TableKind;
import io.millrace.api.catalog.TableView;
import io.millrace.api.catalog.ViewText;
import io.millrace.api.catalog.WatermarkView;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.ResolvedCatalogBaseTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Translates between Flink's tables and the metastore's, without loss; what would be lost is refused. */
public final class Definitions {
    private Definitions() {}

    /** A resolved table or view, as the metastore keeps it. */
    public static TableDefinition fromFlink(String name, CatalogBaseTable table) {
        if (!(table instanceof ResolvedCatalogBaseTable<?> resolved)) {
            throw new IllegalArgumentException("Flink hands over resolved tables only");
        }
        ResolvedSchema schema = resolved.getResolvedSchema();
        return switch (table.getTableKind()) {
            case TABLE -> table(name, (CatalogTable) table, schema);
            case VIEW -> view(name, (CatalogView) table, schema);
            case MATERIALIZED_TABLE -> throw new CatalogException("Millrace keeps no materialized tables.");
        };
    }

    private static TableDefinition table(String name, CatalogTable table, ResolvedSchema schema) {
        refuseWhatIsNotKept(table, schema);
        return new TableDefinition(
                name,
                TableKind.TABLE,
                Columns.fromFlink(schema),
                schema.getPrimaryKey()
                        .map(key -> new PrimaryKeyView(key.getName(), key.getColumns()))
                        .orElse(null),
                schema.getWatermarkSpecs().stream()
                        .map(watermark -> new WatermarkView(
                                watermark.getRowtimeAttribute(),
                                Columns.text(
                                        "the watermark of " + watermark.getRowtimeAttribute(),
                                        watermark.getWatermarkExpression())))
                        .toList(),
                table.getPartitionKeys(),
                References.withoutReference(table.getOptions()),
                comment(table),
                null);
    }

    private static void refuseWhatIsNotKept(CatalogTable table, ResolvedSchema schema) {
        if (table.getDistribution().isPresent()) {
            throw new CatalogException("DISTRIBUTED BY is not supported by Millrace's catalogs.");
        }
        if (table.getSnapshot().isPresent()) {
            throw new CatalogException("A table of a past time cannot be stored.");
        }
        if (schema.getImmutableColumns().isPresent()) {
            throw new CatalogException("Immutable columns are not supported by Millrace's catalogs.");
        }
    }

    private static TableDefinition view(String name, CatalogView view, ResolvedSchema schema) {
        return new TableDefinition(
                name,
                TableKind.VIEW,
                Columns.fromFlink(schema),
                null,
                List.of(),
                List.of(),
                References.withoutReference(view.getOptions()),
                comment(view),
                new ViewText(view.getOriginalQuery(), view.getExpandedQuery()));
    }

    private static @Nullable String comment(CatalogBaseTable table) {
        String comment = table.getComment();
        return comment == null || comment.isEmpty() ? null : comment;
    }

    /** What Flink sees of a table of the metastore. */
    static CatalogBaseTable toFlink(TableView table) {
        TableDefinition definition = table.definition();
        Map<String, String> options = new LinkedHashMap<>(definition.options());
        options.put(References.REF, table.ref());
        Schema schema = schema(definition);
        ViewText view = definition.view();
        if (view != null) {
            return CatalogView.of(schema, definition.comment(), view.original(), view.expanded(), options);
        }
        References.hideConnector(options);
        return CatalogTable.newBuilder()
                .schema(schema)
                .comment(definition.comment())
                .partitionKeys(definition.partitionKeys())
                .options(options)
                .build();
    }

    private static Schema schema(TableDefinition definition) {
        Schema.Builder schema = Schema.newBuilder();
        for (ColumnView column : definition.columns()) {
            Columns.add(schema, column);
        }
        definition.watermarks().forEach(watermark -> schema.watermark(watermark.column(), watermark.expression()));
        PrimaryKeyView key = definition.primaryKey();
        if (key != null) {
            schema.primaryKeyNamed(key.name(), key.columns());
        }
        return schema.build();
    }

    /** With the ids of the columns that the table had before, under the names that {@code changes} gave them. */
    static TableDefinition identified(TableDefinition next, TableDefinition before, List<TableChange> changes) {
        Map<String, Integer> ids = new HashMap<>();
        before.columns().forEach(column -> {
            Integer id = column.id();
            if (id != null) {
                ids.put(column.name(), id);
            }
        });
        for (TableChange change : changes) {
            if (change instanceof TableChange.ModifyColumnName rename) {
                Integer id = ids.remove(rename.getOldColumnName());
                if (id != null) {
                    ids.put(rename.getNewColumnName(), id);
                }
            } else if (change instanceof TableChange.DropColumn drop) {
                ids.remove(drop.getColumnName());
            }
        }
        List<ColumnView> columns = next.columns().stream()
                .map(column -> Columns.identified(column, ids.get(column.name())))
                .toList();
        return new TableDefinition(
                next.name(),
                next.kind(),
                columns,
                next.primaryKey(),
                next.watermarks(),
                next.partitionKeys(),
                next.options(),
                next.comment(),
                next.view());
    }

    static TableDefinition renamed(TableDefinition definition, String name) {
        return new TableDefinition(
                name,
                definition.kind(),
                definition.columns(),
                definition.primaryKey(),
                definition.watermarks(),
                definition.partitionKeys(),
                definition.options(),
                definition.comment(),
                definition.view());
    }
}
