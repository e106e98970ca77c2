package io.millrace.api.job;

import org.jspecify.annotations.Nullable;

/**
 * A wish.
 *
 * @param desired RUNNING to start, STOPPED to stop
 * @param savepoint when stopping a streaming job: whether to take a savepoint first; default true
 * @param empty when starting: true to begin with empty state although there is a savepoint or checkpoint; default false
 * @param version when starting: the version that shall run; of a job that runs another one, it is replaced. By default
 *     what runs or, when nothing does, the newest
 * @param snapshot when starting: the savepoint or checkpoint of this job to begin with; by default the newest
 * @param allowNonRestoredState when starting: whether state that the version has no operator for may be dropped; default
 *     false
 */
public record JobPatch(
        DesiredState desired,
        @Nullable Boolean savepoint,
        @Nullable Boolean empty,
        @Nullable Long version,
        @Nullable String snapshot,
        @Nullable Boolean allowNonRestoredState) {
    /** Whatever shall run goes on from where the job was. */
    public static JobPatch start() {
        return new JobPatch(DesiredState.RUNNING, null, null, null, null, null);
    }

    /** Replaces what runs. */
    public static JobPatch deploy(long version) {
        return new JobPatch(DesiredState.RUNNING, null, null, version, null, null);
    }

    public static JobPatch stop(boolean savepoint) {
        return new JobPatch(DesiredState.STOPPED, savepoint, null, null, null, null);
    }
}
