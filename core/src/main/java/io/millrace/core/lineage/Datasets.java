package io.millrace.core.lineage;

import io.millrace.core.catalog.TableId;

import java.util.Optional;

/** Where tables really are. */
public interface Datasets {
    /** Empty for a table that is gone, and for one whose store is not known. Reads only, may be repeated. */
    Optional<Dataset> of(TableId table);
}
