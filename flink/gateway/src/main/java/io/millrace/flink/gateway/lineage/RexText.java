package io.millrace.flink.gateway.lineage;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Expressions as people would write them: near enough to SQL to be read, not to be run. */
final class RexText {
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);

    private RexText() {}

    /** A function's name; the planner's own variants lose their mark. */
    static String name(SqlOperator operator) {
        String name = operator.getName();
        if (operator.getKind() == SqlKind.SUM0) {
            return "SUM";
        }
        String plain = name.startsWith("$") && name.length() > 1 ? name.substring(1) : name;
        return plain.replaceFirst("^(JSON_\\w+AGG)_\\w+_ON_NULL$", "$1");
    }

    static boolean isAtomic(RexCall call) {
        if (call.getKind() == SqlKind.ITEM) {
            return true;
        }
        return switch (call.getOperator().getSyntax()) {
            case BINARY, PREFIX, POSTFIX -> false;
            case SPECIAL -> !isInfix(call);
            default -> true;
        };
    }

    private static boolean isInfix(RexCall call) {
        return call.getKind() == SqlKind.LIKE
                || call.getKind() == SqlKind.SIMILAR
                || call.getOperator().getName().matches("[-+*/]");
    }

    static String call(RexCall call, List<Derived> values) {
        String name = name(call.getOperator());
        SqlSyntax syntax = call.getOperator().getSyntax();
        if (call.getKind() == SqlKind.ITEM) {
            return values.get(0).operand() + "[" + values.get(1).text() + "]";
        } else if (call.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR
                || call.getKind() == SqlKind.MAP_VALUE_CONSTRUCTOR) {
            return name + "[" + texts(values) + "]";
        } else if (values.size() > 1 && (syntax == SqlSyntax.BINARY || isInfix(call))) {
            return values.stream().map(Derived::operand).collect(Collectors.joining(" " + name + " "));
        } else if (values.size() == 1 && syntax == SqlSyntax.POSTFIX) {
            return values.get(0).operand() + " " + name;
        } else if (values.size() == 1 && syntax == SqlSyntax.PREFIX) {
            return name + (name.matches("\\w+") ? " " : "") + values.get(0).operand();
        } else if (syntax == SqlSyntax.FUNCTION_ID) {
            return name;
        }
        return name + "(" + texts(spoken(call, values)) + ")";
    }

    /** Without the ways in which JSON functions take what is empty or wrong, which the planner adds. */
    private static List<Derived> spoken(RexCall call, List<Derived> values) {
        return IntStream.range(0, values.size())
                .filter(i -> !(call.getOperands().get(i) instanceof RexLiteral literal
                        && literal.getTypeName() == SqlTypeName.SYMBOL
                        && name(call.getOperator()).startsWith("JSON_")))
                .mapToObj(values::get)
                .toList();
    }

    static String aggregate(String name, boolean distinct, List<Derived> values) {
        if (values.isEmpty()) {
            return name.equals("COUNT") ? "COUNT(*)" : name + "()";
        }
        return name + "(" + (distinct ? "DISTINCT " : "") + texts(values) + ")";
    }

    static String subQuery(RexSubQuery query, List<Derived> operands, List<Derived> columns) {
        String select = "(SELECT " + texts(columns) + ")";
        if (operands.isEmpty()) {
            return name(query.getOperator()) + select;
        }
        return texts(operands) + " " + name(query.getOperator()) + " " + select;
    }

    static String type(RelDataType type) {
        if (type.isStruct()) {
            return type.getFieldList().stream()
                    .map(field -> field.getName() + " " + type(field.getType()))
                    .collect(Collectors.joining(", ", "ROW<", ">"));
        }
        return type.toString()
                .replace("VARCHAR(2147483647)", "STRING")
                .replace("VARBINARY(2147483647)", "BYTES")
                .replace("TIMESTAMP_WITH_LOCAL_TIME_ZONE", "TIMESTAMP_LTZ");
    }

    /** A struct's field names, or one name for anything else. */
    static List<String> fields(RelDataType type) {
        return type.isStruct()
                ? type.getFieldList().stream().map(RelDataTypeField::getName).toList()
                : List.of("");
    }

    static String texts(List<Derived> values) {
        return values.stream().map(Derived::text).collect(Collectors.joining(", "));
    }

    static String literal(RexLiteral literal) {
        if (literal.isNull()) {
            return "NULL";
        }
        SqlTypeName type = literal.getTypeName();
        if (type.getFamily() == SqlTypeFamily.CHARACTER) {
            return "'" + String.valueOf(literal.getValueAs(String.class)).replace("'", "''") + "'";
        } else if (type.getFamily() == SqlTypeFamily.INTERVAL_DAY_TIME) {
            return "INTERVAL '" + plain(number(literal).divide(MILLIS)) + "' SECOND";
        } else if (type.getFamily() == SqlTypeFamily.INTERVAL_YEAR_MONTH) {
            return "INTERVAL '" + plain(number(literal)) + "' MONTH";
        } else if (literal.getValue() instanceof BigDecimal number) {
            return plain(number);
        } else if (type == SqlTypeName.SYMBOL || type == SqlTypeName.BOOLEAN) {
            return String.valueOf(literal.getValue()).toUpperCase(Locale.ROOT);
        } else if (type == SqlTypeName.DATE || type == SqlTypeName.TIME || type == SqlTypeName.TIMESTAMP) {
            return type + " '" + literal + "'";
        }
        List<String> lines = new ArrayList<>(List.of(literal.toString().split(":")));
        return lines.get(0);
    }

    private static BigDecimal number(RexLiteral literal) {
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        return value == null ? BigDecimal.ZERO : value;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
