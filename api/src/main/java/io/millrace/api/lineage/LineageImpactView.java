package io.millrace.api.lineage;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Who would notice a change of a table or column.
 *
 * @param incomplete why somebody may be missing or named in vain, for people
 */
public record LineageImpactView(
        String table, @Nullable String column, List<LineageDependentView> dependents, List<String> incomplete) {}
