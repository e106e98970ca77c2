package io.millrace.core.catalog;

/** The name of a database: not blank, at most 255 characters, all of them visible, neither {@code .} nor {@code ..}. Case
 * matters. */
public record DatabaseName(String value) implements Comparable<DatabaseName> {
    public DatabaseName {
        Names.check(value, "database");
    }

    public static DatabaseName fromString(String text) {
        return new DatabaseName(text);
    }

    @Override
    public int compareTo(DatabaseName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
