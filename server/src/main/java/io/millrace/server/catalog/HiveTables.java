package io.millrace.server.catalog;

import io.millrace.core.catalog.Column;
import io.millrace.core.catalog.ColumnKind;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableSpec;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hive's tables as Flink sees them, and the other way round. Pure. */
final class HiveTables {
    private static final String COMMENT = "comment";
    private static final String EXTERNAL = "EXTERNAL_TABLE";

    private HiveTables() {}

    /** TABLE_INVALID or TYPE_UNSUPPORTED, with what to do, if Flink cannot read the table. */
    static TableSpec spec(TablePath path, Table table, TableFolder locations) {
        refuseWhatIsNoTable(path, table);
        HiveFormat format = HiveFormat.of(table)
                .orElseThrow(() -> unreadable(
                        path,
                        "its files are read by " + shown(HiveFormat.serde(table)),
                        "Flink reads Parquet, ORC and delimited text; copy it in Hive with STORED AS PARQUET."));
        HiveFormat.obstacle(table).ifPresent(reason -> {
            throw unreadable(path, reason, "Copy it in Hive with STORED AS PARQUET.");
        });
        locations.check(path, location(table));
        List<Column> columns = new ArrayList<>();
        table.getSd().getCols().forEach(field -> columns.add(column(path, field, table, format)));
        table.getPartitionKeys().forEach(field -> columns.add(column(path, field, table, HiveFormat.PARQUET)));
        return new TableSpec(
                columns,
                Optional.empty(),
                List.of(),
                table.getPartitionKeys().stream().map(FieldSchema::getName).toList(),
                Map.of(),
                Optional.of(comment(table)).filter(text -> !text.isBlank()),
                Optional.empty());
    }

    /** An external Parquet table at {@code location}. */
    static Table create(TablePath path, TableSpec spec, String location) {
        SerDeInfo serde = new SerDeInfo();
        serde.setSerializationLib(HiveFormat.PARQUET_SERDE);
        serde.setParameters(new HashMap<>(Map.of("serialization.format", "1")));
        StorageDescriptor storage = new StorageDescriptor();
        storage.setCols(fields(path, spec, false));
        storage.setLocation(location);
        storage.setInputFormat(HiveFormat.PARQUET_INPUT);
        storage.setOutputFormat(HiveFormat.PARQUET_OUTPUT);
        storage.setNumBuckets(-1);
        storage.setSerdeInfo(serde);
        storage.setBucketCols(List.of());
        storage.setSortCols(List.of());
        storage.setParameters(new HashMap<>());
        Table table = new Table();
        table.setDbName(path.parent().database().value());
        table.setTableName(path.table().value());
        table.setOwner("millrace");
        table.setTableType(EXTERNAL);
        table.setSd(storage);
        table.setPartitionKeys(fields(path, spec, true));
        Map<String, String> parameters = new HashMap<>(Map.of("EXTERNAL", "TRUE"));
        spec.comment().ifPresent(text -> parameters.put(COMMENT, text));
        table.setParameters(parameters);
        return table;
    }

    /** {@code table} with other comments, another name, or more columns at the end; whatever else is refused. */
    static Table altered(TablePath path, Table table, TableSpec before, TableSpec after, String newName) {
        if (!before.partitionKeys().equals(after.partitionKeys())) {
            throw refused(path, "its partitioning cannot be changed");
        }
        List<Column> old = stored(before);
        List<Column> next = stored(after);
        for (int i = 0; i < old.size(); i++) {
            boolean same = i < next.size()
                    && old.get(i).name().equals(next.get(i).name())
                    && old.get(i).type().equals(next.get(i).type());
            if (!same) {
                throw refused(
                        path,
                        "column '" + old.get(i).name() + "' cannot be dropped, renamed, moved or given another type,"
                                + " because its files are not rewritten");
            }
        }
        Table changed = table.deepCopy();
        changed.setTableName(newName);
        changed.getSd().setCols(fields(path, after, false));
        changed.setPartitionKeys(fields(path, after, true));
        if (after.comment().isPresent()) {
            changed.putToParameters(COMMENT, after.comment().get());
        } else {
            changed.getParameters().remove(COMMENT);
        }
        return changed;
    }

    static String comment(Table table) {
        return table.getParameters() == null ? "" : table.getParameters().getOrDefault(COMMENT, "");
    }

    /** The metastore gives tables no identity, but the time of their creation. */
    static String key(Table table) {
        return table.getTableName() + "/" + table.getCreateTime();
    }

    static String stamp(Table table) {
        StorageDescriptor storage = table.getSd();
        return Integer.toHexString(List.of(
                        storage.getCols().toString(),
                        String.valueOf(storage.getLocation()),
                        HiveFormat.serde(table),
                        String.valueOf(storage.getSerdeInfo().getParameters()),
                        table.getPartitionKeys().toString(),
                        comment(table))
                .hashCode());
    }

    static String location(Table table) {
        String location = table.getSd().getLocation();
        return location == null ? "" : location;
    }

    private static void refuseWhatIsNoTable(TablePath path, Table table) {
        Map<String, String> parameters = table.getParameters();
        if (String.valueOf(table.getTableType()).endsWith("VIEW")) {
            throw unreadable(path, "it is a view, in Hive's own SQL", "Create a view over its tables in Millrace.");
        }
        if ("ICEBERG".equalsIgnoreCase(parameters.get("table_type"))) {
            throw unreadable(path, "it is an Iceberg table", "Make a connection of kind iceberg to its catalog.");
        }
        if ("true".equalsIgnoreCase(parameters.get("transactional"))) {
            throw unreadable(path, "it is transactional", "Copy it in Hive into an external table.");
        }
    }

    private static Column column(TablePath path, FieldSchema field, Table table, HiveFormat format) {
        FlinkType type = HiveTypes.toFlink(field.getType())
                .filter(found -> format != HiveFormat.CSV || found.fields().isEmpty())
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.TYPE_UNSUPPORTED,
                        "Column '" + field.getName() + "' of " + path + " has type " + shown(field.getType())
                                + ", which Flink cannot read from this table. Copy it in Hive into a Parquet table"
                                + " without this column.",
                        List.of(Flaw.at("/columns", "column '" + field.getName() + "' has type " + field.getType()))));
        boolean text = format == HiveFormat.CSV && HiveFormat.readsTextsOnly(table);
        String flink = (text ? FlinkType.of("VARCHAR", FlinkType.UNBOUNDED) : type).toString();
        return Column.physical(field.getName(), flink).commented(Optional.ofNullable(field.getComment()));
    }

    private static List<FieldSchema> fields(TablePath path, TableSpec spec, boolean partitions) {
        List<FieldSchema> fields = new ArrayList<>();
        for (Column column : spec.columns()) {
            if (spec.partitionKeys().contains(column.name()) == partitions) {
                String type = column.type()
                        .filter(text -> column.kind() == ColumnKind.PHYSICAL)
                        .flatMap(FlinkType::parse)
                        .flatMap(HiveTypes::toHive)
                        .orElseThrow(() -> cannotBeStored(path, column));
                fields.add(new FieldSchema(column.name(), type, column.comment().orElse(null)));
            }
        }
        return fields;
    }

    /** Hive has its partition columns last. */
    private static List<Column> stored(TableSpec spec) {
        return spec.columns().stream()
                .filter(column -> !spec.partitionKeys().contains(column.name()))
                .toList();
    }

    private static MillraceException cannotBeStored(TablePath path, Column column) {
        String hint = "Use another type, such as TIMESTAMP(6) for a point in time or STRING for everything else.";
        return new MillraceException(
                ErrorCode.TYPE_UNSUPPORTED,
                "Column '" + column.name() + "' of " + path + ": Hive tables cannot have type "
                        + column.type().orElse("") + " through Flink. " + hint,
                List.of(Flaw.at(
                        "/columns",
                        "column '" + column.name() + "' has type "
                                + column.type().orElse(""),
                        hint)));
    }

    private static MillraceException unreadable(TablePath path, String reason, String hint) {
        return new MillraceException(
                ErrorCode.TABLE_INVALID,
                "Table " + path + " of the Hive metastore cannot be read by Flink: " + reason + ". " + hint,
                List.of(Flaw.at("/name", reason, hint)));
    }

    private static MillraceException refused(TablePath path, String reason) {
        return CatalogFailures.unsupported(
                "Table " + path + " is kept by Hive: " + reason + ". Change it there, or create a new table.");
    }

    private static String shown(String text) {
        return text.isEmpty() ? "nothing that the metastore names" : text;
    }
}
