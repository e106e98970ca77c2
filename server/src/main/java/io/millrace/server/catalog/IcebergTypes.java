package io.millrace.server.catalog;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Iceberg types as Flink SQL types and back, as Iceberg's own Flink connector reads and writes them. */
final class IcebergTypes {
    private static final int MICROS = 6;
    private static final int NANOS = 9;
    private static final int UUID_BYTES = 16;
    private static final int MAX_DECIMAL_DIGITS = 38;
    private static final String LOCAL_TIME_ZONE = "TIMESTAMP WITH LOCAL TIME ZONE";

    private IcebergTypes() {}

    /** Nullable; empty if Flink's connector cannot read the type or a part of it. */
    static Optional<FlinkType> toFlink(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> plain("BOOLEAN");
            case INTEGER -> plain("INT");
            case LONG -> plain("BIGINT");
            case FLOAT -> plain("FLOAT");
            case DOUBLE -> plain("DOUBLE");
            case DATE -> plain("DATE");
            case TIME -> plain("TIME", 0);
            case TIMESTAMP -> plain(zone(((Types.TimestampType) type).shouldAdjustToUTC()), MICROS);
            case TIMESTAMP_NANO -> plain(zone(((Types.TimestampNanoType) type).shouldAdjustToUTC()), NANOS);
            case STRING -> plain("VARCHAR", FlinkType.UNBOUNDED);
            case UUID -> plain("BINARY", UUID_BYTES);
            case FIXED -> plain("BINARY", ((Types.FixedType) type).length());
            case BINARY -> plain("VARBINARY", FlinkType.UNBOUNDED);
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield plain("DECIMAL", decimal.precision(), decimal.scale());
            }
            case LIST -> {
                Types.ListType list = (Types.ListType) type;
                yield toFlink(list.elementType())
                        .map(element -> FlinkType.array(element.required(list.isElementRequired())));
            }
            case MAP -> map((Types.MapType) type);
            case STRUCT -> row((Types.StructType) type);
            case UNKNOWN, VARIANT, GEOMETRY, GEOGRAPHY -> Optional.empty();
        };
    }

    /** Empty if an Iceberg table cannot have such a column. {@code ids} gives the ids of nested fields. */
    static Optional<Type> toIceberg(FlinkType type, IntSupplier ids) {
        int first = type.number(0, 0);
        return switch (type.name()) {
            case "BOOLEAN" -> Optional.of(Types.BooleanType.get());
            case "TINYINT", "SMALLINT", "INT" -> Optional.of(Types.IntegerType.get());
            case "BIGINT" -> Optional.of(Types.LongType.get());
            case "FLOAT" -> Optional.of(Types.FloatType.get());
            case "DOUBLE" -> Optional.of(Types.DoubleType.get());
            case "DECIMAL" ->
                first > MAX_DECIMAL_DIGITS
                        ? Optional.empty()
                        : Optional.of(Types.DecimalType.of(first, type.number(1, 0)));
            case "CHAR", "VARCHAR" -> Optional.of(Types.StringType.get());
            case "BINARY" -> Optional.of(Types.FixedType.ofLength(first));
            case "VARBINARY" -> Optional.of(Types.BinaryType.get());
            case "DATE" -> Optional.of(Types.DateType.get());
            // The connector reads and writes whole milliseconds at best; Flink's own default is seconds.
            case "TIME" -> first > 3 ? Optional.empty() : Optional.of(Types.TimeType.get());
            case "TIMESTAMP" -> first > MICROS ? Optional.empty() : Optional.of(Types.TimestampType.withoutZone());
            case LOCAL_TIME_ZONE -> first > MICROS ? Optional.empty() : Optional.of(Types.TimestampType.withZone());
            case "ARRAY" -> list(type.part(0), ids);
            case "MULTISET" -> map(type.part(0), FlinkType.of("INT").required(true), ids);
            case "MAP" -> map(type.part(0), type.part(1), ids);
            case "ROW" -> struct(type, ids);
            default -> Optional.empty();
        };
    }

    private static Optional<FlinkType> plain(String name, Integer... numbers) {
        return Optional.of(FlinkType.of(name, numbers));
    }

    private static String zone(boolean adjusted) {
        return adjusted ? LOCAL_TIME_ZONE : "TIMESTAMP";
    }

    private static Optional<FlinkType> map(Types.MapType map) {
        Optional<FlinkType> key = toFlink(map.keyType());
        Optional<FlinkType> value = toFlink(map.valueType());
        if (key.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(FlinkType.map(key.get().required(true), value.get().required(map.isValueRequired())));
    }

    private static Optional<FlinkType> row(Types.StructType struct) {
        List<FlinkType.Field> fields = new ArrayList<>();
        for (Types.NestedField field : struct.fields()) {
            Optional<FlinkType> type = toFlink(field.type());
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.add(new FlinkType.Field(
                    field.name(), type.get().required(field.isRequired()), Optional.ofNullable(field.doc())));
        }
        return Optional.of(FlinkType.row(fields));
    }

    private static Optional<Type> list(FlinkType element, IntSupplier ids) {
        int id = ids.getAsInt();
        return toIceberg(element, ids)
                .map(type ->
                        element.required() ? Types.ListType.ofRequired(id, type) : Types.ListType.ofOptional(id, type));
    }

    private static Optional<Type> map(FlinkType key, FlinkType value, IntSupplier ids) {
        int keyId = ids.getAsInt();
        int valueId = ids.getAsInt();
        Optional<Type> keys = toIceberg(key, ids);
        Optional<Type> values = toIceberg(value, ids);
        if (keys.isEmpty() || values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                value.required()
                        ? Types.MapType.ofRequired(keyId, valueId, keys.get(), values.get())
                        : Types.MapType.ofOptional(keyId, valueId, keys.get(), values.get()));
    }

    private static Optional<Type> struct(FlinkType row, IntSupplier ids) {
        List<Types.NestedField> fields = new ArrayList<>();
        for (FlinkType.Field field : row.fields()) {
            int id = ids.getAsInt();
            Optional<Type> type = toIceberg(field.type(), ids);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            String doc = field.comment().orElse(null);
            fields.add(
                    field.type().required()
                            ? Types.NestedField.required(id, field.name(), type.get(), doc)
                            : Types.NestedField.optional(id, field.name(), type.get(), doc));
        }
        return Optional.of(Types.StructType.of(fields));
    }
}
