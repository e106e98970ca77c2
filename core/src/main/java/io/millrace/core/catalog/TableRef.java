package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One version of one table, written {@code id@version}: what Flink's side carries in place of the real connector's
 * options.
 */
public record TableRef(TableId id, long version) {
    public TableRef {
        requireNonNull(id, "id");
    }

    /** Empty when the text is none that a server wrote. */
    public static Optional<TableRef> parse(String text) {
        int at = text.indexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        try {
            long version = Long.parseLong(text.substring(at + 1));
            return Optional.of(new TableRef(new TableId(text.substring(0, at)), version));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return id + "@" + version;
    }
}
