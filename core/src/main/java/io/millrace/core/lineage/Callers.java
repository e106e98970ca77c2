package io.millrace.core.lineage;

import io.millrace.core.catalog.FunctionPath;

import java.util.List;

/** Who calls a registered function: asked by the catalog before it is taken away or changed. */
public interface Callers {
    /** The current jobs and views that call it by its full name, in order of their names. May be repeated. */
    List<Maker> of(FunctionPath function);
}
