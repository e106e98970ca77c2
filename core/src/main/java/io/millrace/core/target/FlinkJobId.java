package io.millrace.core.target;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A JobID in Flink: 16 bytes as 32 hexadecimal digits. Ours are chosen before submission, which makes a submission
 * repeatable: tag of this control plane (4 bytes), hash of the job's id (8), number of the attempt (4).
 */
public record FlinkJobId(String value) {
    private static final int DIGITS = 32;
    private static final int TAG_DIGITS = 8;
    private static final int HASH_BYTES = 8;

    public FlinkJobId {
        if (!valid(value)) {
            throw new IllegalArgumentException("not a Flink JobID: " + value);
        }
    }

    /** {@code job} is hashed; {@code attempt} counts from 1. */
    public static FlinkJobId of(int tag, UUID job, int attempt) {
        byte[] hash = sha256(job.toString());
        byte[] bytes = ByteBuffer.allocate(16)
                .putInt(tag)
                .put(hash, 0, HASH_BYTES)
                .putInt(attempt)
                .array();
        return new FlinkJobId(HexFormat.of().formatHex(bytes));
    }

    /** Whether {@code text} is the id of an attempt of {@code job}, whatever control plane made it. */
    public static boolean isOf(String text, UUID job) {
        String hash = HexFormat.of().formatHex(sha256(job.toString()), 0, HASH_BYTES);
        return valid(text) && text.startsWith(hash, TAG_DIGITS);
    }

    /** Not by a pattern: asked for each job at each look at a cluster. */
    private static boolean valid(String text) {
        int digits = 0;
        while (digits < text.length() && digit(text.charAt(digits))) {
            digits++;
        }
        return digits == DIGITS && text.length() == DIGITS;
    }

    private static boolean digit(char of) {
        return (of >= '0' && of <= '9') || (of >= 'a' && of <= 'f');
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether the control plane of this tag chose the id. */
    public boolean hasTag(int tag) {
        return HexFormat.fromHexDigits(value, 0, TAG_DIGITS) == tag;
    }

    @Override
    public String toString() {
        return value;
    }
}
