package io.millrace.server.access;

import io.millrace.core.access.Effect;
import io.millrace.core.access.Grant;
import io.millrace.core.access.GrantStore;
import io.millrace.core.access.Grantee;
import io.millrace.core.access.PrincipalName;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.access.Securables;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.http.Caller;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Use cases on grants. */
public final class GrantService {
    private final GrantStore store;
    private final List<Securables> securables;
    private final GroupService groups;
    private final Guard guard;
    private final Caller caller;
    private final Clock clock;

    GrantService(
            GrantStore store,
            List<Securables> securables,
            GroupService groups,
            Guard guard,
            Caller caller,
            Clock clock) {
        this.store = store;
        this.securables = List.copyOf(securables);
        this.groups = groups;
        this.guard = guard;
        this.caller = caller;
        this.clock = clock;
    }

    /** Whom a name means. */
    Grantee grantee(Grantee.Kind kind, PrincipalName name) {
        return groups.grantee(kind, name);
    }

    /** What a name means; what the caller may not see is not there. */
    Securable object(Kind kind, List<String> path) {
        if (kind == Kind.SERVER) {
            return Securable.SERVER;
        }
        return keeper(kind)
                .find(kind, path)
                .filter(guard::finds)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.OBJECT_NOT_FOUND,
                        "There is no " + kind.word() + " '" + String.join(".", path) + "'.",
                        List.of(Flaw.at("/object/path", "names nothing"))));
    }

    /** Gives or denies privileges; those that are given or denied already stay so. */
    void grant(Collection<Grantee> to, Securable on, Set<Privilege> privileges, Effect effect) {
        requireGrantable(on, privileges, effect);
        Instant now = clock.instant();
        store.add(to.stream()
                .flatMap(grantee -> privileges.stream()
                        .map(privilege -> new Grant(grantee, on, privilege, effect, caller.name(), now)))
                .toList());
    }

    /** Fails as giving or denying this would. */
    void requireGrantable(Securable on, Set<Privilege> privileges, Effect effect) {
        requireRevocable(on, privileges);
        if (effect == Effect.ALLOW) {
            // Nobody gets more by who may grant than who may grant has.
            privileges.forEach(privilege -> guard.require(privilege, on));
        }
    }

    /**
     * Takes back what was given, or denied, on this object itself.
     *
     * @return how many grants there were
     */
    int revoke(Collection<Grantee> from, Securable on, Set<Privilege> privileges, Effect effect) {
        requireRevocable(on, privileges);
        return store.remove(from, on, privileges, effect);
    }

    /** Fails as taking this back would. */
    void requireRevocable(Securable on, Set<Privilege> privileges) {
        check(on, privileges);
        guard.require(Privilege.GRANT, on);
    }

    /** What was granted to somebody, on an object, or both; on an object, what was granted on what it is in is not told. */
    List<Grant> list(Optional<Grantee> to, Optional<Securable> on, long offset, int limit) {
        boolean own =
                to.map(Grantee::id).filter(caller.principal().id()::equals).isPresent();
        if (!own && on.isEmpty() && !caller.rights().all()) {
            throw new MillraceException(
                    ErrorCode.ACCESS_DENIED,
                    "Say on which object, or ask for your own grants; administrators see all of them.");
        }
        return store.list(to, on, offset, limit).stream()
                .map(grant -> new Grant(
                        grant.to(),
                        grant.on().kind() == Kind.SERVER
                                ? Securable.SERVER
                                : keeper(grant.on().kind()).named(grant.on()),
                        grant.privilege(),
                        grant.effect(),
                        grant.by(),
                        grant.at()))
                .toList();
    }

    private static void check(Securable on, Set<Privilege> privileges) {
        Set<Privilege> wrong = new TreeSet<>(privileges);
        wrong.removeAll(on.kind().privileges());
        if (!wrong.isEmpty() || privileges.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.GRANT_INVALID,
                    (wrong.isEmpty() ? "Say what to grant" : wrong + " means nothing on " + on) + ". There are: "
                            + new TreeSet<>(on.kind().privileges()) + ".",
                    List.of(Flaw.at("/privileges", "not for a " + on.kind().word())));
        }
    }

    private Securables keeper(Kind kind) {
        return securables.stream()
                .filter(each -> each.kinds().contains(kind))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.GRANT_INVALID, "Nothing can be granted on a " + kind.word() + " yet."));
    }
}
