package io.millrace.core.lineage;

import static java.util.Objects.requireNonNull;

/**
 * Who makes a flow: one version of a job, or a view.
 *
 * @param id the job's or the view's
 * @param name the job's name or the view's full name
 */
public record Maker(Kind kind, String id, String name, long version) {
    public Maker {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
        requireNonNull(name, "name");
    }

    /** What makes flows. */
    public enum Kind {
        JOB,
        VIEW
    }
}
