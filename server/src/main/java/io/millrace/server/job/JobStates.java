package io.millrace.server.job;

import io.millrace.core.error.Kind;
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

    /**
     * What a content would keep.
     *
     * @param state empty when the planner does not know
     * @param why it does not
     */
    record Planned(Optional<StatePlan> state, String why) {}

    /** Asks the planner, which does not know what every script keeps; fails when it does not answer. */
    Planned plan(JobSpec spec) {
        try {
            return new Planned(Optional.of(gateway.state(spec.script(), spec.flinkSettings())), "");
        } catch (MillraceException e) {
            if (e.code().kind() == Kind.UNAVAILABLE) {
                throw e;
            }
            return new Planned(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /** Keeps what a new version keeps. A version of which that is not known can be run, but not be compared. */
    void keep(JobId job, long version, Planned planned) {
        planned.state()
                .ifPresentOrElse(
                        state -> store.put(job, version, state),
                        () -> LOG.warnf(
                                "What version %d of job %s keeps is not known: %s", version, job, planned.why()));
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
    Compatibility compare(JobId job, long from, Planned to) {
        Optional<StatePlan> before = store.find(job, from);
        if (before.isEmpty()) {
            return unknown(from);
        }
        return to.state()
                .map(after -> Comparison.of(before.get(), after))
                .orElseGet(() -> Compatibility.unknown("What the new content keeps is not known: " + to.why()));
    }

    private static Compatibility unknown(long version) {
        return Compatibility.unknown("What version " + version + " keeps was not recorded when it was written.");
    }
}
