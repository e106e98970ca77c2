package io.millrace.api.catalog;

import java.util.List;

/**
 * A question for the real connectors of several tables.
 *
 * @param refs at most {@link NewLookup#MOST}
 */
public record NewResolutions(List<String> refs) {
    public NewResolutions {
        refs = refs == null ? List.of() : List.copyOf(refs);
    }
}
