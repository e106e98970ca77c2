package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.workspace.WorkspaceRef;

import java.time.Instant;
import java.util.Optional;

/**
 * One piece of work that people want kept in a given state. Immutable; a change is a new value.
 *
 * <p>Two owners: people write name, wish and versions and thereby move the generation on; the reconciler writes what
 * was observed, from where to go on and how patient to be.
 *
 * @param workspace where it is; its name is its own there
 * @param version the newest version
 * @param generation counts what people changed, from 1
 * @param restorePath the savepoint or checkpoint from which the next attempt goes on
 * @param patience what the last failures say about the next attempt
 */
public record Job(
        JobId id,
        WorkspaceRef workspace,
        JobName name,
        Labels labels,
        Wish wish,
        long version,
        long generation,
        Observation observation,
        Optional<String> restorePath,
        Patience patience,
        Instant createdAt,
        Instant changedAt) {
    public Job {
        requireNonNull(id, "id");
        requireNonNull(workspace, "workspace");
        requireNonNull(name, "name");
        requireNonNull(labels, "labels");
        requireNonNull(wish, "wish");
        requireNonNull(observation, "observation");
        requireNonNull(restorePath, "restorePath");
        requireNonNull(patience, "patience");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(changedAt, "changedAt");
        if (version < 1 || generation < 1) {
            throw new IllegalArgumentException("version and generation start at 1, got " + version + ", " + generation);
        }
    }

    public static Job create(JobId id, WorkspaceRef workspace, JobName name, Instant now) {
        var idle = new Observation(ObservedState.IDLE, now, Optional.empty(), "Never started.");
        return new Job(
                id, workspace, name, Labels.NONE, Wish.none(), 1, 1, idle, Optional.empty(), Patience.FRESH, now, now);
    }

    /** Names it among all jobs, for people: {@code workspace.job}. */
    public String fullName() {
        return workspace.name() + "." + name;
    }

    public DesiredState desired() {
        return wish.state();
    }

    public ObservedState observed() {
        return observation.state();
    }

    /** People wrote a new version. */
    public Job edited(Instant now) {
        return new Job(
                id,
                workspace,
                name,
                labels,
                wish,
                version + 1,
                generation + 1,
                observation,
                restorePath,
                patience,
                createdAt,
                now);
    }

    /** People want something; earlier failures are forgotten. */
    public Job want(Wish wanted, Instant now) {
        return new Job(
                id,
                workspace,
                name,
                labels,
                wanted,
                version,
                generation + 1,
                observation,
                restorePath,
                Patience.FRESH,
                createdAt,
                now);
    }

    /** What a job begins with; no change of it. */
    public Job begun(Labels with) {
        return new Job(
                id,
                workspace,
                name,
                with,
                wish,
                version,
                generation,
                observation,
                restorePath,
                patience,
                createdAt,
                changedAt);
    }

    /** People changed by what it is found. */
    public Job labelled(Labels next, Instant now) {
        return restored(name, now).begun(next);
    }

    /** People moved it to the bin. */
    public Job deleted(Instant now) {
        return restored(name, now);
    }

    /** People took it out of the bin under this name. */
    public Job restored(JobName as, Instant now) {
        return new Job(
                id,
                workspace,
                as,
                labels,
                wish,
                version,
                generation + 1,
                observation,
                restorePath,
                patience,
                createdAt,
                now);
    }

    Job saw(Observation seen) {
        return new Job(
                id,
                workspace,
                name,
                labels,
                wish,
                version,
                generation,
                seen,
                restorePath,
                patience,
                createdAt,
                changedAt);
    }

    Job restoreFrom(Optional<String> path) {
        return new Job(
                id,
                workspace,
                name,
                labels,
                wish,
                version,
                generation,
                observation,
                path,
                patience,
                createdAt,
                changedAt);
    }

    Job patience(Patience next) {
        return new Job(
                id,
                workspace,
                name,
                labels,
                wish,
                version,
                generation,
                observation,
                restorePath,
                next,
                createdAt,
                changedAt);
    }
}
