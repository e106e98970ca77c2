package io.millrace.server.logs;

import io.millrace.core.target.FlinkJobId;

import java.util.Optional;

/** What an entry is about, and so who may read it. */
record LogOwner(About about, Optional<FlinkJobId> job) {
    static final LogOwner CLUSTER = new LogOwner(About.CLUSTER, Optional.empty());
    static final LogOwner SOME_JOB = new LogOwner(About.SOME_JOB, Optional.empty());

    enum About {
        /** An attempt: for those who may operate its job. */
        JOB,
        /** The process itself: for those who may operate a job that it runs. */
        CLUSTER,
        /** A job, and nobody knows which: for those from whom nothing is kept. */
        SOME_JOB
    }

    static LogOwner of(FlinkJobId job) {
        return new LogOwner(About.JOB, Optional.of(job));
    }
}
