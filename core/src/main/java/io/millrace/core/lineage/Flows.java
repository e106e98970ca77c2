package io.millrace.core.lineage;

import java.util.Collection;
import java.util.List;

/** The current flows: those of the newest version of each job, of a version that runs, and of each view. */
public interface Flows {
    /** Those that write one of the tables, in a fixed order. */
    List<MadeFlow> into(Collection<String> tables);

    /** Those that read one of the tables, in a fixed order. */
    List<MadeFlow> from(Collection<String> tables);
}
