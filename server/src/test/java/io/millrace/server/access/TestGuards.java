package io.millrace.server.access;

import io.millrace.core.access.Effect;
import io.millrace.core.access.Grant;
import io.millrace.core.access.GrantStore;
import io.millrace.core.access.Grantee;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.access.Securable;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Guards of callers that need no server. */
public final class TestGuards {
    private TestGuards() {}

    /** From whom nothing is kept. */
    public static Guard all() {
        return of(Rights.ALL);
    }

    /** Who has these rights and is never told what is missing. */
    public static Guard of(Rights rights) {
        return new Guard(
                () -> rights,
                () -> {
                    throw new AssertionError("nobody asks who has all rights");
                },
                () -> {},
                hidden -> {},
                new NoGrants(),
                Clock.systemUTC());
    }

    private static final class NoGrants implements GrantStore {
        @Override
        public Rules rules(UUID principal) {
            return new Rules(1, List.of());
        }

        @Override
        public void add(Collection<Grant> grants) {
            throw new AssertionError("owners of everything are granted nothing");
        }

        @Override
        public int remove(Collection<Grantee> from, Securable on, Collection<Privilege> privileges, Effect effect) {
            return 0;
        }

        @Override
        public List<Grant> list(Optional<Grantee> to, Optional<Securable> on, long offset, int limit) {
            return List.of();
        }

        @Override
        public List<Grantee> grantors(Securable on, Privilege wanted) {
            return List.of();
        }
    }
}
