package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/** The query of a view, as written and with all identifiers expanded. */
public record ViewQuery(String original, String expanded) {
    public ViewQuery {
        requireNonNull(original, "original");
        requireNonNull(expanded, "expanded");
    }
}
