package io.millrace.api.connection;

import org.jspecify.annotations.Nullable;

/**
 * What is shown of a secret.
 *
 * @param origin {@code VALUE}, {@code ENV} or {@code FILE}
 * @param name the variable or file, for references
 * @param keyId the master key with which a value is sealed
 */
public record SecretView(
        String origin, @Nullable String name, @Nullable String keyId) {}
