package io.millrace.core.job;

import io.millrace.core.target.Snapshot;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why a snapshot must stay, besides that people pinned it. Names are contract: add, never rename. */
public enum SnapshotReference {
    /** The cluster is still taking it. */
    UNDER_WAY("it is being taken"),
    /** A stop that is not over took it. */
    STOP("a stop that is under way took it"),
    /** The attempt that runs began with it and reads it until its first checkpoint. */
    ATTEMPT("the attempt that runs began with it"),
    /** The attempt that runs has nothing newer that is sure to stay. */
    NEWEST("it is the newest of the attempt that runs"),
    /** The job's next start goes on from it. */
    NEXT_START("the job's next start goes on from it"),
    /** People asked for a start that begins with it. */
    WISH("the start that was asked for begins with it"),
    /** A deployment that is under way goes back to it when the new version does not become healthy. */
    DEPLOYMENT("the deployment that is under way may go back to it"),
    /** A proof that is under way restores it. */
    PROOF("a proof that is under way restores it"),
    /** It was imported into another entry. */
    IMPORT("another entry imports it");

    private final String sentence;

    SnapshotReference(String sentence) {
        this.sentence = sentence;
    }

    /** Part of a sentence, for people. */
    public String sentence() {
        return sentence;
    }

    /**
     * Why an entry must stay, as far as it is known.
     *
     * @param job empty when it is gone
     * @param others entries of the same job, and all imports on the same target; this one may be among them
     * @param proofs of the same job, those that are under way
     */
    public static Set<SnapshotReference> of(
            SnapshotEntry entry, Optional<JobState> job, List<SnapshotEntry> others, List<Proof> proofs) {
        Set<SnapshotReference> found = EnumSet.noneOf(SnapshotReference.class);
        if (proofs.stream().anyMatch(proof -> proof.reads(entry))) {
            found.add(PROOF);
        }
        if (entry.phase().open()) {
            found.add(UNDER_WAY);
        }
        job.ifPresent(state -> add(found, entry, state, others));
        boolean imported = entry.owned()
                && others.stream()
                        .filter(other -> other.origin() == SnapshotEntry.Origin.IMPORT)
                        .anyMatch(other -> entry.holds(other.directory()));
        if (imported) {
            found.add(IMPORT);
        }
        return Collections.unmodifiableSet(found);
    }

    private static void add(
            Set<SnapshotReference> found, SnapshotEntry entry, JobState state, List<SnapshotEntry> others) {
        Optional<Attempt> live = state.live();
        if (live.flatMap(Attempt::restorePath).filter(entry::holds).isPresent()) {
            found.add(ATTEMPT);
        }
        if (live.filter(attempt -> newest(entry, attempt, others)).isPresent()) {
            found.add(NEWEST);
        }
        if (state.job().restorePath().filter(entry::holds).isPresent()) {
            found.add(NEXT_START);
        }
        boolean waits = state.job().desired() == DesiredState.RUNNING && !state.atRest();
        if (waits && !state.served() && holds(entry, state.job().wish().from().snapshot())) {
            found.add(WISH);
        }
        if (waits
                && live.isEmpty()
                && state.tries()
                && holds(entry, state.attempt().flatMap(Attempt::restorePath))) {
            found.add(WISH);
        }
        if (state.deployment()
                .filter(deployment -> deployment.phase().open())
                .flatMap(Deployment::restorePath)
                .filter(entry::holds)
                .isPresent()) {
            found.add(DEPLOYMENT);
        }
        if (state.openStop()
                .filter(stop -> stop.directory().equals(entry.directory()))
                .isPresent()) {
            found.add(STOP);
        }
    }

    private static boolean holds(SnapshotEntry entry, Optional<String> path) {
        return path.filter(entry::holds).isPresent();
    }

    private static boolean newest(SnapshotEntry entry, Attempt live, List<SnapshotEntry> others) {
        boolean ofIt = entry.taken().isPresent() && entry.of().attempt() == live.number();
        return ofIt
                && others.stream()
                        .filter(other -> other.phase() == SnapshotPhase.AVAILABLE)
                        .filter(other -> other.of().job().equals(entry.of().job()))
                        .filter(other -> other.of().attempt() == live.number())
                        .flatMap(other -> other.taken().stream())
                        .noneMatch(other -> other.checkpointId()
                                > entry.taken().map(Snapshot::checkpointId).orElseThrow());
    }
}
