package io.millrace.core.catalog;

/** The name of a table: not blank, at most 255 characters, all of them visible, neither {@code .} nor {@code ..}. Case
 * matters. */
public record TableName(String value) implements Comparable<TableName> {
    public TableName {
        Names.check(value, "table");
    }

    public static TableName fromString(String text) {
        return new TableName(text);
    }

    /** Whether a table, or anything else in a catalog, can have this name. */
    public static boolean isName(String text) {
        return Names.isName(text);
    }

    @Override
    public int compareTo(TableName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
