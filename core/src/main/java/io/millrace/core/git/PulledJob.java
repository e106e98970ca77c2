package io.millrace.core.git;

import static java.util.Objects.requireNonNull;

/**
 * What a pull does with one job, or would do.
 *
 * @param file its path in the repository; of a job that is left, where it was
 * @param version the job's newest version; 0 for one that is not there yet
 * @param diff what changes, in unified form; kept of dry runs only
 * @param note what people should know; may be empty
 */
public record PulledJob(String name, String file, Fate fate, long version, String diff, String note) {
    /** What becomes of a job. */
    public enum Fate {
        CREATED,
        UPDATED,
        UNCHANGED,
        /** Its file is gone. The job stays as it is, and is no longer Git's. */
        LEFT
    }

    public PulledJob {
        requireNonNull(name, "name");
        requireNonNull(file, "file");
        requireNonNull(fate, "fate");
        requireNonNull(diff, "diff");
        requireNonNull(note, "note");
    }

    PulledJob withoutDiff() {
        return new PulledJob(name, file, fate, version, "", note);
    }
}
