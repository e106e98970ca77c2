package io.millrace.server.job;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.millrace.core.access.Securable;
import io.millrace.core.catalog.FunctionPath;
import io.millrace.core.catalog.FunctionStore;
import io.millrace.core.catalog.Metastore;
import io.millrace.core.catalog.TableId;
import io.millrace.core.sql.ScriptObject;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of the tables, views and functions that versions of jobs were applied over. */
final class AppliedObjects {
    private final Metastore metastore;
    private final FunctionStore functions;

    AppliedObjects(Metastore metastore, FunctionStore functions) {
        this.metastore = requireNonNull(metastore, "metastore");
        this.functions = requireNonNull(functions, "functions");
    }

    /** Whether the catalogs have them as they were; of code they know nothing. */
    boolean unchanged(List<ScriptObject> objects) {
        return now(objects).values().containsAll(objects);
    }

    /** Whether only the gateway can say what they are now: it has the code. */
    static boolean haveCode(List<ScriptObject> objects) {
        return objects.stream().anyMatch(object -> object.kind() == Securable.Kind.FUNCTION);
    }

    /** Why a version must not run, if so: a name in its script no longer means what it meant when it was applied. */
    Optional<String> refusal(long version, List<ScriptObject> objects) {
        Map<String, ScriptObject> now = now(objects);
        return objects.stream()
                .filter(then -> !now.containsKey(then.key())
                        || !now.get(then.key()).path().equals(then.path()))
                .findFirst()
                .map(gone -> "Version " + version + " of the job was applied over " + gone + " (version "
                        + gone.version() + " of it), which was dropped or renamed since. What has that name now, if"
                        + " anything, is something else. Apply the job again.");
    }

    /** What changed since a version was applied, for who wonders why it cannot be planned; empty if nothing did. */
    String changes(long version, List<ScriptObject> objects) {
        Map<String, ScriptObject> now = now(objects);
        String changed = objects.stream()
                .filter(then ->
                        now.containsKey(then.key()) && now.get(then.key()).version() != then.version())
                .map(then -> then + " (version " + then.version() + " then, "
                        + now.get(then.key()).version() + " now)")
                .collect(Collectors.joining(", "));
        return changed.isEmpty()
                ? ""
                : " Changed since version " + version + " of the job was applied: " + changed
                        + ". If it uses something else because of that, apply the job again.";
    }

    private Map<String, ScriptObject> now(List<ScriptObject> objects) {
        List<TableId> tables = objects.stream()
                .filter(object -> object.kind() == Securable.Kind.TABLE)
                .map(object -> new TableId(object.id()))
                .toList();
        Stream<ScriptObject> found = metastore.tablesById(tables).stream()
                .map(table -> new ScriptObject(
                        Securable.Kind.TABLE,
                        table.id().value(),
                        table.version(),
                        List.of(
                                table.path().parent().catalog().value(),
                                table.path().parent().database().value(),
                                table.path().table().value())));
        return Stream.concat(found, objects.stream().flatMap(object -> function(object).stream()))
                .collect(toMap(ScriptObject::key, object -> object, (one, same) -> one));
    }

    private Optional<ScriptObject> function(ScriptObject then) {
        if (then.kind() != Securable.Kind.FUNCTION) {
            return Optional.empty();
        }
        List<String> path = then.path();
        return functions
                .find(FunctionPath.of(path.get(0), path.get(1), path.get(2)))
                .filter(function -> function.id().value().equals(then.id()))
                .map(function -> new ScriptObject(then.kind(), then.id(), function.version(), path, then.artifact()));
    }
}
