package io.millrace.flink.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.api.catalog.ColumnKind;
import io.millrace.api.catalog.ColumnView;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.Column.ComputedColumn;
import org.apache.flink.table.catalog.Column.MetadataColumn;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.expressions.DefaultSqlFactory;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Translates columns, their types and their expressions. */
final class Columns {
    private Columns() {}

    static List<ColumnView> fromFlink(ResolvedSchema schema) {
        return schema.getColumns().stream().map(Columns::fromFlink).toList();
    }

    private static ColumnView fromFlink(Column column) {
        String name = column.getName();
        String comment = column.getComment().orElse(null);
        if (column instanceof ComputedColumn computed) {
            String expression = text("column " + name, computed.getExpression());
            return new ColumnView(null, name, ColumnKind.COMPUTED, null, expression, null, false, comment);
        }
        String type = type(name, column.getDataType());
        if (column instanceof MetadataColumn metadata) {
            String key = metadata.getMetadataKey().orElse(null);
            return new ColumnView(null, name, ColumnKind.METADATA, type, null, key, metadata.isVirtual(), comment);
        }
        return new ColumnView(null, name, ColumnKind.PHYSICAL, type, null, null, false, comment);
    }

    private static String type(String column, DataType type) {
        try {
            return type.getLogicalType().asSerializableString();
        } catch (TableException e) {
            throw new CatalogException(
                    "The type of column " + column + " (" + type + ") cannot be stored: use one of Flink SQL's types.",
                    e);
        }
    }

    static String text(String what, ResolvedExpression expression) {
        try {
            return expression.asSerializableString(DefaultSqlFactory.INSTANCE);
        } catch (TableException e) {
            throw new CatalogException(
                    "The expression of " + what
                            + " cannot be stored as SQL text: it calls a function that has no name in any catalog.",
                    e);
        }
    }

    static ColumnView identified(ColumnView column, @Nullable Integer id) {
        return new ColumnView(
                id,
                column.name(),
                column.kind(),
                column.type(),
                column.expression(),
                column.metadataKey(),
                column.virtual(),
                column.comment());
    }

    static void add(Schema.Builder schema, ColumnView column) {
        switch (column.kind()) {
            case PHYSICAL -> schema.column(column.name(), present(column.type(), column));
            case COMPUTED -> schema.columnByExpression(column.name(), present(column.expression(), column));
            case METADATA ->
                schema.columnByMetadata(
                        column.name(), present(column.type(), column), column.metadataKey(), column.virtual());
        }
        String comment = column.comment();
        if (comment != null) {
            schema.withComment(comment);
        }
    }

    private static String present(@Nullable String text, ColumnView column) {
        return requireNonNull(text, () -> "column " + column.name() + " of the metastore lacks its type or expression");
    }
}
