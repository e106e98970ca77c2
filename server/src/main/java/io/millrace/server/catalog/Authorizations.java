package io.millrace.server.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.api.sql.NewAuthorization;
import io.millrace.api.sql.ObjectUse;
import io.millrace.core.access.Activity;
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
import io.millrace.server.http.StatementActivity;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides about the statements that the SQL gateway is about to run: about all objects of one together, by their ids, and about the host's files.
 * What is refused is written down, and what is done.
 */
final class Authorizations implements InternalEndpoints {
    private static final String FILE = "FILE";

    private final Metastore metastore;
    private final FunctionStore functions;
    private final Guard guard;
    private final FileRoots roots;
    private final StatementActivity activity;

    Authorizations(
            Metastore metastore, FunctionStore functions, Guard guard, FileRoots roots, StatementActivity activity) {
        this.metastore = requireNonNull(metastore, "metastore");
        this.functions = requireNonNull(functions, "functions");
        this.guard = requireNonNull(guard, "guard");
        this.roots = requireNonNull(roots, "roots");
        this.activity = requireNonNull(activity, "activity");
    }

    @Override
    public void mount(InternalRouter router) {
        router.handle("POST", "/authorizations", this::authorize);
        router.handle("POST", "/uses", this::use);
    }

    /** Said of a statement that may and is about to run. */
    private @Nullable Object use(InternalCall call) {
        Map<String, List<String>> objects = new TreeMap<>();
        for (ObjectUse use : call.body(NewAuthorization.class).uses()) {
            objects.computeIfAbsent(action(use.privilege()), none -> new ArrayList<>())
                    .add(words(use));
        }
        objects.forEach((action, names) -> activity.append(call, action, String.join(", ", names), Activity.OK));
        return null;
    }

    private static String action(String privilege) {
        return "sql." + privilege.toLowerCase(Locale.ROOT);
    }

    private static String words(ObjectUse use) {
        boolean named = !use.catalog().isEmpty();
        String path = named ? use.catalog() + "." + use.database() + "." + use.name() : use.name();
        return use.kind().toLowerCase(Locale.ROOT) + " " + path;
    }

    private @Nullable Object authorize(InternalCall call) {
        List<ObjectUse> uses = call.body(NewAuthorization.class).uses();
        List<Flaw> denied = new ArrayList<>();
        for (ObjectUse use : uses) {
            if (use.kind().equals(FILE)) {
                roots.refusal(use.privilege(), Path.of(use.name())).ifPresent(why -> {
                    denied.add(Flaw.at("", why));
                    refused(call, "sql.file", use.name());
                });
            } else if (!guard.rights().all()) {
                object(call, use).ifPresent(why -> denied.add(Flaw.at("", why)));
            }
        }
        if (!denied.isEmpty()) {
            throw new MillraceException(ErrorCode.ACCESS_DENIED, denied.get(0).message(), denied);
        }
        return null;
    }

    /** Why the caller may not, if so. */
    private Optional<String> object(InternalCall call, ObjectUse use) {
        Privilege privilege = Privilege.valueOf(use.privilege());
        return object(use).filter(object -> !guard.may(privilege, object)).map(object -> {
            refused(call, action(privilege.name()), object.toString());
            return guard.sentence(privilege, object);
        });
    }

    private void refused(InternalCall call, String action, String object) {
        activity.append(call, action, object, ErrorCode.ACCESS_DENIED.name());
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
                .filter(guard::finds)
                .orElseThrow(() -> CatalogFailures.noTable(TablePath.of(use.catalog(), use.database(), use.name())));
    }

    private static DatabasePath database(ObjectUse use) {
        return new DatabasePath(new CatalogName(use.catalog()), new DatabaseName(use.database()));
    }
}
