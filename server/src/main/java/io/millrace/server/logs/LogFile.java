package io.millrace.server.logs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * How far the log of a process has been read.
 *
 * @param process {@code jobmanager}, or the id of a TaskManager
 * @param head what it begins with, as a hash of {@code headLength} bytes: files take each other's place
 * @param position where the last entry begins that was read
 * @param stored where what is kept ends: behind that entry, which may still grow
 * @param gone whether the process is known to be gone
 */
record LogFile(String process, String head, int headLength, long position, long stored, Instant readAt, boolean gone) {
    static final String JOBMANAGER = "jobmanager";

    /** So many bytes say which file it is; the first lines of a log have the time in milliseconds. */
    static final int HEAD = 4096;

    static LogFile unread(String process, Instant now) {
        return new LogFile(process, "", 0, 0, 0, now, false);
    }

    /** Whether {@code beginning} is that of this file. */
    boolean begins(byte[] beginning) {
        return headLength == 0 || (beginning.length >= headLength && head.equals(hash(beginning, headLength)));
    }

    LogFile read(byte[] beginning, long at, long until, Instant now) {
        return new LogFile(process, hash(beginning, beginning.length), beginning.length, at, until, now, false);
    }

    private static String hash(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
