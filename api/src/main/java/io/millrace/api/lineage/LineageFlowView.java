package io.millrace.api.lineage;

import java.util.List;

/**
 * A statement of a job, or the query of a view, that moves columns.
 *
 * @param id what edges call it; opaque
 * @param name of the job, or the full name of the view
 * @param version of the job or view
 * @param line where the statement begins in the job's script, from 1
 * @param inputs the ids of the tables and views read
 * @param target the id of the table written, or of the view
 * @param complete false when something of it was not understood
 * @param reasons why not
 */
public record LineageFlowView(
        String id,
        LineageMakerKind kind,
        String name,
        long version,
        int line,
        List<String> inputs,
        String target,
        boolean complete,
        List<String> reasons) {}
