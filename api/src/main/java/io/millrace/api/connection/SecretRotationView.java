package io.millrace.api.connection;

/**
 * What a rotation did.
 *
 * @param keyId the current master key
 * @param secrets how many secrets were sealed with it anew
 */
public record SecretRotationView(String keyId, int secrets) {}
