package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where a change comes from.
 *
 * @param author who made it
 * @param statement the statement as it was written, if it was made in SQL
 */
public record Origin(String author, Optional<String> statement) {
    public Origin {
        requireNonNull(author, "author");
        requireNonNull(statement, "statement");
    }

    /** Nobody here made the change: it was seen in the store. */
    public static final Origin STORE = new Origin("store", Optional.empty());

    public static Origin of(String author) {
        return new Origin(author, Optional.empty());
    }
}
