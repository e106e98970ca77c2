package io.millrace.server.lineage;

import io.millrace.core.lineage.RunMoment;

import java.time.Instant;
import java.util.Optional;

/**
 * Something to be told about a run. The job may be deleted by now.
 *
 * @param script empty if the version is gone
 * @param streaming whether the job was to run for ever
 * @param tries how often it was sent in vain
 */
record RunEvent(
        long id,
        String job,
        String name,
        long version,
        int attempt,
        RunMoment moment,
        Instant at,
        Optional<String> evidence,
        Optional<String> script,
        boolean streaming,
        int tries) {}
