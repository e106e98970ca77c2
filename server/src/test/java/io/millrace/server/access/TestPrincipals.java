package io.millrace.server.access;

import io.millrace.core.access.Principal;
import io.millrace.core.access.PrincipalKind;
import io.millrace.core.access.PrincipalName;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Users that are in no store yet. */
public final class TestPrincipals {
    private TestPrincipals() {}

    /** Who is no administrator. */
    public static Principal user(String name) {
        return user(name, false);
    }

    static Principal user(String name, boolean admin) {
        return new Principal(
                UUID.randomUUID(),
                new PrincipalName(name),
                PrincipalKind.USER,
                "",
                admin,
                false,
                1,
                "test",
                Instant.EPOCH,
                Optional.empty());
    }
}
