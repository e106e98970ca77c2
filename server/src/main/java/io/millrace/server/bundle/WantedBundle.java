package io.millrace.server.bundle;

import io.millrace.core.target.FailureKind;
import io.millrace.core.target.FlinkJobId;

import java.time.Instant;

/**
 * A bundle that is to be saved, with all that the metastore knows of the attempt.
 *
 * @param at when the failure was noticed; a later one of the same attempt wants its bundle anew
 * @param tries how often it could not be saved
 * @param settings the job's own, as JSON
 */
record WantedBundle(
        BundleKey key,
        FlinkJobId flinkJob,
        String name,
        long version,
        String script,
        String settings,
        FailureKind kind,
        String cause,
        String exception,
        Instant at,
        int tries) {}
