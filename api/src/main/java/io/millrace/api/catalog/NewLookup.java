package io.millrace.api.catalog;

import java.util.List;

/**
 * A question about all tables that a statement mentions, as Flink's side sends it.
 *
 * @param tables at most {@link #MOST}
 */
public record NewLookup(List<TableKey> tables) {
    /** No statement of a person mentions more. */
    public static final int MOST = 1_000;

    public NewLookup {
        tables = tables == null ? List.of() : List.copyOf(tables);
    }
}
