package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.api.sql.NewAuthorization;
import io.millrace.api.sql.ObjectUse;
import io.millrace.core.access.Activity;
import io.millrace.core.access.ActivityLog;
import io.millrace.core.access.Privilege;
import io.millrace.core.access.Securable;
import io.millrace.core.access.Securable.Kind;
import io.millrace.core.catalog.CatalogName;
import io.millrace.core.catalog.CatalogObjects;
import io.millrace.core.catalog.DatabaseName;
import io.millrace.core.catalog.DatabasePath;
import io.millrace.core.catalog.FunctionName;
import io.millrace.core.catalog.FunctionStore;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.TablePath;
import io.millrace.core.catalog.TableRef;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.access.Guard;
import io.millrace.server.http.InternalCall;
import io.millrace.server.http.InternalEndpoints;
import io.millrace.server.http.InternalRouter;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides about the statements that the SQL gateway is about to run: about all objects of one together, by their ids.
 * What is refused is written down.
 */
final class Authorizations implements InternalEndpoints {
    private final Metastore metastore;
    private final FunctionStore functions;
    private final Guard guard;
    private final ActivityLog log;
    private final Clock clock;

    Authorizations(Metastore metastore, FunctionStore functions, Guard guard, ActivityLog log, Clock clock) {
        this.metastore = requireNonNull(metastore, "metastore");
        this.functions = requireNonNull(functions, "functions");
        this.guard = requireNonNull(guard, "guard");
        this.log = requireNonNull(log, "log");
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public void mount(InternalRouter router) {
        router.handle("POST", "/authorizations", this::authorize);
    }

    private @Nullable Object authorize(InternalCall call) {
        List<ObjectUse> uses = call.body(NewAuthorization.class).uses();
        if (guard.rights().all()) {
            return null;
        }
        List<Flaw> denied = new ArrayList<>();
        for (ObjectUse use : uses) {
            Privilege privilege = Privilege.valueOf(use.privilege());
            Optional<Securable> found = object(use);
            if (found.isPresent() && !guard.may(privilege, found.get())) {
                Securable object = found.get();
                denied.add(Flaw.at("", guard.sentence(privilege, object)));
                log.append(new Activity(
                        0,
                        clock.instant(),
                        call.caller(),
                        "sql." + privilege.name().toLowerCase(Locale.ROOT),
                        object.toString(),
                        ErrorCode.ACCESS_DENIED.name(),
                        "",
                        ""));
            }
        }
        if (!denied.isEmpty()) {
            throw new MillraceException(ErrorCode.ACCESS_DENIED, denied.get(0).message(), denied);
        }
        return null;
    }

    /** Empty for a function that no catalog keeps: one that the analysed script itself would make. */
    private Optional<Securable> object(ObjectUse use) {
        return switch (Kind.valueOf(use.kind())) {
            case SERVER -> Optional.of(Securable.SERVER);
            case TABLE -> Optional.of(table(use));
            case FUNCTION ->
                functions
                        .find(database(use).function(new FunctionName(use.name())))
                        .map(CatalogObjects::of);
            case CATALOG, DATABASE, CONNECTION, WORKSPACE, JOB ->
                throw new MillraceException(ErrorCode.REQUEST_INVALID, "Statements do not use a " + use.kind() + ".");
        };
    }

    /** By id: a name may mean something else by now. */
    private Securable table(ObjectUse use) {
        return TableRef.parse(String.valueOf(use.ref()))
                .flatMap(ref -> metastore.table(ref.id()))
                .map(CatalogObjects::of)
                .filter(table -> guard.may(Privilege.DESCRIBE, table))
                .orElseThrow(() -> CatalogFailures.noTable(TablePath.of(use.catalog(), use.database(), use.name())));
    }

    private static DatabasePath database(ObjectUse use) {
        return new DatabasePath(new CatalogName(use.catalog()), new DatabaseName(use.database()));
    }
}
