package io.millrace.server.access;

import io.millrace.core.access.GrantStore;
import io.millrace.core.access.Principal;
import io.millrace.core.access.Rights;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what principals may do for as long as the epoch of the grants, which each call reads with who makes it, is
 * the same. So a change counts from the next call on, on every server. If the grants cannot be read completely, the call
 * fails. Thread-safe.
 */
final class Authorizer {
    private static final int MOST = 10_000;

    private final GrantStore store;
    private final Map<UUID, Known> known = new ConcurrentHashMap<>();

    Authorizer(GrantStore store) {
        this.store = store;
    }

    Rights rights(Principal principal, long epoch) {
        if (principal.admin()) {
            return Rights.ALL;
        }
        Known current = known.get(principal.id());
        if (current != null && current.epoch() >= epoch) {
            return current.rights();
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        GrantStore.Rules rules = store.rules(principal.id());
        Rights rights = new CasbinRights(principal.name().value(), rules.rules());
        known.put(principal.id(), new Known(rules.epoch(), rights));
        return rights;
    }

    private record Known(long epoch, Rights rights) {}
}
