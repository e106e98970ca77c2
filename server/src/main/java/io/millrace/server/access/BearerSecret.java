package io.millrace.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret that proves its bearer: 256 random bits, told once and kept as SHA-256 only. */
final class BearerSecret {
    /** Lets scanners of repositories and logs find secrets of ours. */
    private static final String PREFIX = "mlr_";

    private static final SecureRandom RANDOM = new SecureRandom();

    private BearerSecret() {}

    static String random() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** No salt and no slow hash: nobody guesses 256 random bits. */
    static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
