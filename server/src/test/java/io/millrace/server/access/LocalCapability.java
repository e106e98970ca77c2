package io.millrace.server.access;

import io.quarkus.arc.Arc;
import org.jdbi.v3.core.Jdbi;

import java.util.UUID;

/** A capability of the local user, for tests that call the internal API as the gateway does. */
public final class LocalCapability {
    public static final String HEADER = "Millrace-Capability";

    private static final String SECRET = BearerSecret.random();

    private LocalCapability() {}

    /** The secret; the server knows it from now on. */
    public static String secret() {
        Arc.container()
                .instance(Jdbi.class)
                .get()
                .useHandle(handle -> handle.createUpdate("""
                                INSERT INTO capability (hash, id, principal_id, expires_at)
                                SELECT :hash, :id, id, now() + interval '1 hour' FROM principal WHERE name = 'local'
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("hash", BearerSecret.hash(SECRET))
                        .bind("id", UUID.randomUUID())
                        .execute());
        return SECRET;
    }
}
