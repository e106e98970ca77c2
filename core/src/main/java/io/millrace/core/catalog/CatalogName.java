package io.millrace.core.catalog;

/** The name of a catalog: not blank, at most 255 characters, all of them visible. Case matters. */
public record CatalogName(String value) implements Comparable<CatalogName> {
    public CatalogName {
        Names.check(value, "catalog");
    }

    public static CatalogName fromString(String text) {
        return new CatalogName(text);
    }

    @Override
    public int compareTo(CatalogName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
