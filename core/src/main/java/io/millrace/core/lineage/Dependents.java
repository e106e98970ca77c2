package io.millrace.core.lineage;

import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.TableId;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who reads what: asked by the catalog before something is taken away. Reads only, may be repeated. */
public interface Dependents {
    /** The current jobs and views that read the table, or one of {@code columns} if there are any. */
    List<Dependent> of(TableId table, Set<String> columns);

    /** Those that read any table of a database or, without one, of a catalog, and are not views in it themselves. */
    List<Dependent> of(CatalogName catalog, Optional<DatabaseName> database);
}
