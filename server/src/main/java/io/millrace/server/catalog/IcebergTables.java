package io.millrace.server.catalog;

import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.ColumnKind;
import io.millrace.core.catalog.PrimaryKey;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Iceberg's tables as Flink sees them, and the other way round. Pure. */
final class IcebergTables {
    static final String COMMENT = "comment";

    /** Properties that users set as options of the table; all others are between Iceberg and whoever set them. */
    static final Set<String> OPTIONS = Set.of(
            "write.format.default",
            "write.parquet.compression-codec",
            "write.upsert.enabled",
            "write.distribution-mode",
            "write.target-file-size-bytes");

    private static final String CODEC = "write.parquet.compression-codec";

    /** What Iceberg itself writes into each new table. */
    private static final String USUAL_CODEC = "zstd";

    private static final String LAST = "Partitioned by ";

    private IcebergTables() {}

    /** TYPE_UNSUPPORTED, naming the column, if Flink cannot read the table. */
    static TableSpec spec(TablePath path, Table table) {
        List<Column> columns = new ArrayList<>();
        for (Types.NestedField field : table.schema().columns()) {
            columns.add(column(path, field));
        }
        List<String> key = table.schema().columns().stream()
                .filter(field -> table.schema().identifierFieldIds().contains(field.fieldId()))
                .map(Types.NestedField::name)
                .toList();
        return new TableSpec(
                columns,
                key.isEmpty() ? Optional.empty() : Optional.of(new PrimaryKey("PK_" + String.join("_", key), key)),
                List.of(),
                identityColumns(table),
                options(table.properties()),
                comment(table),
                Optional.empty());
    }

    /** The columns and the primary key of a new table. */
    static Schema schema(TablePath path, TableSpec spec) {
        AtomicInteger ids = new AtomicInteger(spec.columns().size());
        List<Types.NestedField> fields = new ArrayList<>();
        Set<Integer> key = new HashSet<>();
        Set<String> keyColumns =
                Set.copyOf(spec.primaryKey().map(PrimaryKey::columns).orElse(List.of()));
        for (Column column : spec.columns()) {
            int id = fields.size() + 1;
            FlinkType type = flinkType(path, column);
            boolean required = type.required() || keyColumns.contains(column.name());
            Type mapped =
                    IcebergTypes.toIceberg(type, ids::incrementAndGet).orElseThrow(() -> cannotBeStored(path, column));
            String doc = column.comment().orElse(null);
            fields.add(
                    required
                            ? Types.NestedField.required(id, column.name(), mapped, doc)
                            : Types.NestedField.optional(id, column.name(), mapped, doc));
            if (keyColumns.contains(column.name())) {
                key.add(id);
            }
        }
        return new Schema(fields, key);
    }

    static PartitionSpec partitioning(Schema schema, List<String> keys) {
        PartitionSpec.Builder partitioning = PartitionSpec.builderFor(schema);
        keys.forEach(partitioning::identity);
        return partitioning.build();
    }

    static Map<String, String> properties(TableSpec spec) {
        Map<String, String> properties = new TreeMap<>(spec.options());
        properties.remove("connector");
        spec.comment().ifPresent(text -> properties.put(COMMENT, text));
        return properties;
    }

    /** What people said of the table, without what {@link #spec} adds on its partitioning. */
    static Optional<String> ownComment(Table table, Optional<String> shown) {
        Optional<String> transforms = transforms(table);
        return shown.map(text -> transforms
                        .map(last -> text.endsWith(last) ? text.substring(0, text.length() - last.length()) : text)
                        .orElse(text)
                        .stripTrailing())
                .filter(text -> !text.isEmpty());
    }

    static FlinkType flinkType(TablePath path, Column column) {
        if (column.kind() != ColumnKind.PHYSICAL) {
            throw new MillraceException(
                    ErrorCode.TABLE_INVALID,
                    "Column '" + column.name() + "' of " + path + " is not stored: Iceberg keeps physical columns.");
        }
        return FlinkType.parse(column.type().orElseThrow()).orElseThrow(() -> cannotBeStored(path, column));
    }

    /** Differs whenever structure, comments or properties do. */
    static String stamp(Table table) {
        var metadata = ((BaseTable) table).operations().current();
        return metadata.currentSchemaId() + "/" + metadata.defaultSpecId() + "/"
                + Integer.toHexString(metadata.properties().hashCode());
    }

    static String key(Table table) {
        return table.uuid().toString();
    }

    /** By the columns' names: Iceberg's ids, the same across renames and never given to another column. */
    static Map<String, String> columnKeys(Table table) {
        Map<String, String> keys = new HashMap<>();
        table.schema().columns().forEach(field -> keys.put(field.name(), String.valueOf(field.fieldId())));
        return keys;
    }

    private static Column column(TablePath path, Types.NestedField field) {
        String type = IcebergTypes.toFlink(field.type())
                .filter(FlinkType::isWithinRanges)
                .map(found -> found.required(field.isRequired()).toString())
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.TYPE_UNSUPPORTED,
                        "Column '" + field.name() + "' of " + path + " has type " + field.type()
                                + ", which Flink's Iceberg connector cannot read. Read the table through a copy"
                                + " without this column.",
                        List.of(Flaw.at("/columns", "column '" + field.name() + "' has type " + field.type()))));
        return Column.physical(field.name(), type).commented(Optional.ofNullable(field.doc()));
    }

    private static List<String> identityColumns(Table table) {
        return table.spec().fields().stream()
                .filter(field -> field.transform().isIdentity())
                .map(field -> table.schema().findColumnName(field.sourceId()))
                // A nested field is no column of Flink's.
                .filter(name -> table.schema().asStruct().field(name) != null)
                .toList();
    }

    private static Map<String, String> options(Map<String, String> properties) {
        Map<String, String> options = new TreeMap<>();
        properties.forEach((key, value) -> {
            if (OPTIONS.contains(key) && !(key.equals(CODEC) && value.equals(USUAL_CODEC))) {
                options.put(key, value);
            }
        });
        return options;
    }

    private static Optional<String> comment(Table table) {
        Optional<String> said =
                Optional.ofNullable(table.properties().get(COMMENT)).filter(text -> !text.isBlank());
        Optional<String> transforms = transforms(table);
        return transforms.isEmpty()
                ? said
                : Optional.of(said.map(text -> text + " ").orElse("") + transforms.get());
    }

    /** Partition fields that Flink's PARTITIONED BY cannot say, as a sentence. */
    private static Optional<String> transforms(Table table) {
        String hidden = table.spec().fields().stream()
                .filter(field ->
                        !field.transform().isIdentity() && !field.transform().isVoid())
                .map(field -> transform(table, field))
                .collect(Collectors.joining(", "));
        return hidden.isEmpty() ? Optional.empty() : Optional.of(LAST + hidden + ".");
    }

    private static String transform(Table table, PartitionField field) {
        String column = table.schema().findColumnName(field.sourceId());
        String name = field.transform().toString();
        int bracket = name.indexOf('[');
        return bracket < 0
                ? name + "(" + column + ")"
                : name.substring(0, bracket) + "(" + name.substring(bracket + 1, name.length() - 1) + ", " + column
                        + ")";
    }

    private static MillraceException cannotBeStored(TablePath path, Column column) {
        String type = column.type().orElse("");
        String hint = type.startsWith("TIME")
                ? "Use a precision of at most 6 digits, for TIME at most 3."
                : "Use another type; nested values can be ROW, ARRAY or MAP.";
        return new MillraceException(
                ErrorCode.TYPE_UNSUPPORTED,
                "Column '" + column.name() + "' of " + path + ": Iceberg tables cannot have type " + type
                        + " through Flink. " + hint,
                List.of(Flaw.at("/columns", "column '" + column.name() + "' has type " + type, hint)));
    }
}
