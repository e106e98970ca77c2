package io.millrace.server.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Keys that anybody could know: made by a rule or of a text, the hash of a word that comes first to everybody's mind, or
 * printed in a standard. A key of 32 random bytes looks like none of these, save once in 10^13.
 */
final class KnownKeys {
    private static final int LEAST_DISTINCT = 8;

    private static final List<String> WORDS = List.of(
            "", "123456", "admin", "changeme", "default", "key", "master", "millrace", "password", "secret", "test");

    /** Examples of NIST SP 800-38A and of the specification of GCM. */
    private static final List<String> PRINTED = List.of(
            "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
            "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");

    private KnownKeys() {}

    static boolean contains(byte[] key) {
        return hasFewValues(key)
                || hasEqualSteps(key)
                || repeats(key)
                || isText(key)
                || PRINTED.contains(HexFormat.of().formatHex(key))
                || WORDS.stream().anyMatch(word -> Arrays.equals(sha256(word), key));
    }

    private static boolean hasFewValues(byte[] key) {
        Set<Byte> distinct = new HashSet<>();
        for (byte each : key) {
            distinct.add(each);
        }
        return distinct.size() < LEAST_DISTINCT;
    }

    private static boolean hasEqualSteps(byte[] key) {
        for (int i = 2; i < key.length; i++) {
            if ((byte) (key[i] - key[i - 1]) != (byte) (key[1] - key[0])) {
                return false;
            }
        }
        return true;
    }

    private static boolean repeats(byte[] key) {
        int half = key.length / 2;
        return Arrays.equals(key, 0, half, key, half, key.length);
    }

    private static boolean isText(byte[] key) {
        for (byte each : key) {
            if (each < ' ' || each > '~') {
                return false;
            }
        }
        return true;
    }

    private static byte[] sha256(String word) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(word.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
