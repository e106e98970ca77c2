package io.millrace.core.lineage;

import io.millrace.core.catalog.TableId;

import java.util.List;
import java.util.Set;

/** Who reads a table: asked by the catalog before something is taken away. */
public interface Dependents {
    /** Nobody is known to read anything. */
    Dependents NONE = (table, columns) -> List.of();

    /**
     * The current jobs and views that read the table, or one of {@code columns} if there are any. Reads only, may be
     * repeated.
     */
    List<Dependent> of(TableId table, Set<String> columns);
}
