package io.millrace.core.job;

import io.millrace.core.state.StatePlan;

import java.util.Optional;

/** What each version of a job keeps. Two implementations, SQL and in-memory, pass one contract test. */
public interface StateStore {
    /** Stores what a version keeps; the first that is stored stays. Nothing is stored of a version that is gone. */
    void put(JobId job, long version, StatePlan state);

    /** Empty of a version of which nothing was stored. */
    Optional<StatePlan> find(JobId job, long version);
}
