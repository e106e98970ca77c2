package io.millrace.server.job;

import io.millrace.core.error.MillraceException;
import io.millrace.core.job.JobId;
import io.millrace.core.job.JobSpec;
import io.millrace.core.job.StateStore;
import io.millrace.core.sql.SqlGateway;
import io.millrace.core.state.Comparison;
import io.millrace.core.state.Compatibility;
import io.millrace.core.state.StatePlan;
import org.jboss.logging.Logger;

import java.util.Optional;

/** What the versions of jobs keep: kept with each when it is written, and compared. Asks nobody who may see it. */
final class JobStates {
    private static final Logger LOG = Logger.getLogger(JobStates.class);

    private final StateStore store;
    private final SqlGateway gateway;

    JobStates(StateStore store, SqlGateway gateway) {
        this.store = store;
        this.gateway = gateway;
    }

    /** Keeps what a new version keeps. A version of which that is not known can be run, but not be compared. */
    void written(JobId job, long version, JobSpec spec) {
        try {
            store.put(job, version, plan(spec));
        } catch (MillraceException e) {
            LOG.warnf("What version %d of job %s keeps is not known: %s", version, job, e.getMessage());
        }
    }

    /** What becomes of the state of one version when the job goes on with another one. */
    Compatibility compare(JobId job, long from, long to) {
        Optional<StatePlan> before = store.find(job, from);
        Optional<StatePlan> after = store.find(job, to);
        if (before.isEmpty() || after.isEmpty()) {
            return unknown(before.isEmpty() ? from : to);
        }
        return Comparison.of(before.get(), after.get());
    }

    /** What would become of the state of a version if the job went on with this content. */
    Compatibility compare(JobId job, long from, JobSpec to) {
        Optional<StatePlan> before = store.find(job, from);
        if (before.isEmpty()) {
            return unknown(from);
        }
        try {
            return Comparison.of(before.get(), plan(to));
        } catch (MillraceException e) {
            return Compatibility.unknown("What the new content keeps is not known: " + e.getMessage());
        }
    }

    private StatePlan plan(JobSpec spec) {
        return gateway.state(spec.script(), spec.flinkSettings());
    }

    private static Compatibility unknown(long version) {
        return Compatibility.unknown("What version " + version + " keeps was not recorded when it was written.");
    }
}
