package io.millrace.server.git;

import java.time.Duration;

/**
 * How much one pull may take.
 *
 * @param fetch how long the repository may take to send
 * @param bytes how much it may send
 */
record GitLimits(Duration fetch, long bytes) {
    /** Of a whole commit, packed. */
    static final long FETCH_BYTES = 256L << 20;

    /** Of what a host says besides: the names of branches and tags, above all. */
    static final long SAID_BYTES = 16L << 20;

    /** Of one file, which is a text in a request otherwise. */
    static final int FILE_BYTES = 1_000_000;

    /** Of all job files together. */
    static final long ALL_BYTES = 32L << 20;

    /** Job files. */
    static final int FILES = 2_000;

    /** Whatever else is in the folder, folders too: a few objects can stand for any number of names. */
    static final int ENTRIES = 100_000;

    /** Of the path of a file. */
    static final int PATH_BYTES = 1_000;

    /** What one object may take in memory. */
    static final long OBJECT_BYTES = 64L << 20;
}
