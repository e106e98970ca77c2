package io.millrace.server.secret;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Builds this feature's objects. */
@Singleton
final class SecretWiring {
    @Produces
    @Singleton
    SecretBox box(SecretConfig config) {
        return new SecretBox(
                new KeySource(config.keyFile(), System.getenv()), new References(System.getenv(), config.folder()));
    }
}
