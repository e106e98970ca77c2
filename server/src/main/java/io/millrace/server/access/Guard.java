package io.millrace.server.access;

import io.millrace.core.access.Effect;
import io.millrace.core.access.Grant;
import io.millrace.core.access.GrantStore;
import io.millrace.core.access.Grantee;
import io.millrace.core.access.Principal;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Rights;
import io.millrace.core.access.Securable;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What features ask before they do something for the caller at hand. */
public final class Guard {
    private final Supplier<Rights> rights;
    private final Supplier<Principal> caller;
    private final Runnable renewal;
    private final Consumer<Securable> hidden;
    private final GrantStore store;
    private final Clock clock;

    /**
     * Made for each caller, or once for all that call.
     *
     * @param renewal has rights that are asked for from then on count what was granted meanwhile
     * @param hidden is told what the caller asked for by name and is not shown
     */
    Guard(
            Supplier<Rights> rights,
            Supplier<Principal> caller,
            Runnable renewal,
            Consumer<Securable> hidden,
            GrantStore store,
            Clock clock) {
        this.rights = rights;
        this.caller = caller;
        this.renewal = renewal;
        this.hidden = hidden;
        this.store = store;
        this.clock = clock;
    }

    public Rights rights() {
        return rights.get();
    }

    public boolean may(Privilege privilege, Securable object) {
        return rights().may(privilege, object);
    }

    /**
     * Whether something that the caller asked for by name is there for it. If not, it is to be answered as if it were
     * not there at all; that it was asked for is written down.
     */
    public boolean finds(Securable object) {
        boolean visible = switch (object.kind()) {
            case SERVER, CATALOG, DATABASE, WORKSPACE -> rights().sees(object);
            case TABLE, FUNCTION, JOB -> may(Privilege.DESCRIBE, object);
            case CONNECTION -> may(Privilege.DESCRIBE, object) || may(Privilege.USE, object);
        };
        if (!visible) {
            hidden.accept(object);
        }
        return visible;
    }

    /** Fails with ACCESS_DENIED, for an object that the caller may see; what it may not see is to be absent. */
    public void require(Privilege privilege, Securable object) {
        if (!may(privilege, object)) {
            throw denied(privilege, object);
        }
    }

    /** Says what is missing and who can give it. */
    public MillraceException denied(Privilege privilege, Securable object) {
        return new MillraceException(ErrorCode.ACCESS_DENIED, sentence(privilege, object));
    }

    /** The same as a sentence or two. */
    public String sentence(Privilege privilege, Securable object) {
        List<String> denials = rights().denials(privilege, object);
        if (denials.isEmpty()) {
            return missing(privilege, object) + " It can be granted by " + names(object, privilege) + ".";
        }
        List<String> chain = object.chain();
        // Who may grant on what everything else is in may do so there too.
        String outermost = denials.get(denials.size() - 1);
        Securable on = Securable.of(outermost, chain.subList(chain.indexOf(outermost) + 1, chain.size()));
        return missing(privilege, object) + " That can be lifted by " + names(on, Privilege.GRANT) + ".";
    }

    /** Only what is missing or denied, which costs no question to the metastore. */
    public String missing(Privilege privilege, Securable object) {
        List<String> denials = rights().denials(privilege, object);
        return "This takes " + privilege + " on " + object + ", and " + who()
                + (denials.isEmpty() ? " does not have it." : " is denied it, " + where(denials, object) + ".");
    }

    /** Not to whom it is denied, by name or as one of a group: who is in which group is not told. */
    private static String where(List<String> denials, Securable object) {
        return denials.stream()
                .map(key -> "on the " + key.substring(0, key.indexOf(':')))
                .map(on -> on.equals("on the " + object.kind().word()) ? on + " itself" : on)
                .collect(Collectors.joining(" and "));
    }

    /** Those who can give, or take back, other than the caller. */
    private String names(Securable on, Privilege privilege) {
        Stream<String> grantors =
                store.grantors(on, privilege).stream().map(Grantee::toString).filter(name -> !name.equals(who()));
        return Stream.concat(grantors, Stream.of("an administrator")).collect(Collectors.joining(" or "));
    }

    /** Who calls. */
    public String caller() {
        return caller.get().name().value();
    }

    private String who() {
        return "'" + caller() + "'";
    }

    /** Gives who made something all that can be granted on it, unless nothing is kept from the caller anyway. */
    public void own(Securable made) {
        give(made);
        renew();
    }

    /** The same inside a transaction; after it, {@link #renew}. */
    public void give(Securable made) {
        if (rights().all()) {
            return;
        }
        Principal owner = caller.get();
        Instant now = clock.instant();
        var to = new Grantee(Grantee.Kind.USER, owner.id(), owner.name().value());
        List<Grant> grants = made.kind().privileges().stream()
                .map(privilege -> new Grant(
                        to, made, privilege, Effect.ALLOW, owner.name().value(), now))
                .toList();
        store.add(grants);
    }

    /** Rights that are asked for from now on count what was given. Not inside a transaction that may be undone. */
    public void renew() {
        if (!rights().all()) {
            renewal.run();
        }
    }
}
