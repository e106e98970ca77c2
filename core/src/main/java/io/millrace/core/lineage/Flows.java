package io.millrace.core.lineage;

import java.util.Collection;
import java.util.List;

/**
 * The current flows: those of the newest version of each job, of a version that runs, and of each view. Columns go by the
 * names that they have now; one that is gone by the name that it had, with {@link #GONE} behind it.
 */
public interface Flows {
    /** Behind the name of a column that was dropped, which tells it from a later one of the same name. */
    String GONE = " (dropped)";

    /** Those that write one of the tables, in a fixed order. */
    List<MadeFlow> into(Collection<String> tables);

    /** Those that read one of the tables, in a fixed order. */
    List<MadeFlow> from(Collection<String> tables);
}
