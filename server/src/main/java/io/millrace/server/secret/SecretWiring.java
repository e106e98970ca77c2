package io.millrace.server.secret;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
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

    @Produces
    @Singleton
    Redactor redactor(KnownSecrets known) {
        return new Redactor(known);
    }

    /** A server with keys that others have or can guess does not start. */
    void start(@Observes StartupEvent event, SecretBox box) {
        box.check();
    }
}
