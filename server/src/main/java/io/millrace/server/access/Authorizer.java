package io.millrace.server.access;

import io.millrace.core.access.GrantStore;
import io.millrace.core.access.Principal;
import io.millrace.core.access.Rights;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what a principal may do for as long as the epoch of its grants, which each call reads with who makes it, is
 * the same. So a change counts from the next call on, on every server. If the grants cannot be read completely, the call
 * fails. Thread-safe.
 */
final class Authorizer {
    private static final Logger LOG = LoggerFactory.getLogger(Authorizer.class);
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
        Known read = read(principal);
        known.put(principal.id(), read);
        return read.rights();
    }

    private Known read(Principal principal) {
        try {
            GrantStore.Rules rules = store.rules(principal.id());
            return new Known(rules.epoch(), new CasbinRights(principal.name().value(), rules.rules()));
        } catch (IllegalArgumentException e) {
            // Such as a privilege that a newer server granted.
            LOG.error("The grants of '{}' cannot be read", principal.name(), e);
            throw new MillraceException(
                    ErrorCode.METASTORE_UNAVAILABLE,
                    "What '" + principal.name()
                            + "' may do cannot be read completely, so nothing is allowed. The server's"
                            + " log has the reason.",
                    e);
        }
    }

    private record Known(long epoch, Rights rights) {}
}
