package io.millrace.flink.gateway.grant;

import io.millrace.api.access.ObjectKind;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.client.JobsClient;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads names of objects and completes them, as Flink does, by the current catalog and database. */
final class ObjectNames {
    private final GrantTokens tokens;
    private final List<String> current;

    ObjectNames(GrantTokens tokens, String catalog, @Nullable String database) {
        this.tokens = tokens;
        this.current = database == null ? List.of(catalog) : List.of(catalog, database);
    }

    ObjectPath of(ObjectKind kind) {
        return switch (kind) {
            case SERVER -> new ObjectPath(kind, List.of());
            case TABLE, FUNCTION -> path(kind, 3);
            case DATABASE -> path(kind, 2);
            case JOB -> job();
            case CATALOG, CONNECTION, WORKSPACE -> path(kind, 1);
        };
    }

    /** Without a workspace, of the one that every installation has. */
    private ObjectPath job() {
        List<String> given = given(ObjectKind.JOB, 2);
        return new ObjectPath(
                ObjectKind.JOB, given.size() == 2 ? given : List.of(JobsClient.DEFAULT_WORKSPACE, given.get(0)));
    }

    private List<String> given(ObjectKind kind, int most) {
        String what = "the name of a " + kind.name().toLowerCase(Locale.ROOT);
        List<String> given = new ArrayList<>();
        do {
            given.add(tokens.unreserved(what));
        } while (given.size() < most && tokens.takes('.'));
        return given;
    }

    private ObjectPath path(ObjectKind kind, int whole) {
        List<String> given = given(kind, whole);
        int missing = Math.min(whole - given.size(), current.size());
        List<String> path = new ArrayList<>(current.subList(0, missing));
        path.addAll(given);
        return new ObjectPath(kind, path);
    }
}
