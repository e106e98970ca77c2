package io.millrace.api.job;

/** Why a snapshot must stay. */
public enum SnapshotReference {
    /** It is being taken. */
    UNDER_WAY,
    /** An open stop took it. */
    STOP,
    /** The running attempt began with it. */
    ATTEMPT,
    /** The running attempt has nothing newer that is sure to stay. */
    NEWEST,
    /** The job's next start goes on from it. */
    NEXT_START,
    /** The start that was asked for begins with it. */
    WISH,
    /** An open deployment may go back to it. */
    DEPLOYMENT,
    /** A proof that is under way restores it. */
    PROOF,
    /** Another entry imports it. */
    IMPORT
}
