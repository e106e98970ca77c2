package io.millrace.server.job;

import io.millrace.core.job.Author;

/** Writes jobs for somebody who does not call just now. */
public interface JobBatches {
    /** With the rights that {@code author} has now; ACCESS_DENIED when it is gone or disabled. */
    JobBatch by(Author author);
}
