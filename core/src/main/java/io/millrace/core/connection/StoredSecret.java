package io.millrace.core.connection;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A secret as it is kept: sealed, or the name of what holds it. Never prints what is sealed.
 *
 * @param content the sealed value, or the name of the variable or file
 * @param keyId the master key with which a value is sealed
 */
public record StoredSecret(SecretOrigin origin, String content, Optional<String> keyId) {
    public StoredSecret {
        requireNonNull(origin, "origin");
        requireNonNull(content, "content");
        requireNonNull(keyId, "keyId");
        if (keyId.isPresent() != (origin == SecretOrigin.VALUE)) {
            throw new IllegalArgumentException("a value, and nothing else, is sealed with a key");
        }
    }

    @Override
    public String toString() {
        return origin == SecretOrigin.VALUE ? "***" : origin + ":" + content;
    }
}
