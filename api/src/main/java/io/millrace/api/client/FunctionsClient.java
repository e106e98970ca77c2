package io.millrace.api.client;

import io.millrace.api.Page;
import io.millrace.api.catalog.DroppedFunctionView;
import io.millrace.api.catalog.FunctionPatch;
import io.millrace.api.catalog.FunctionVersionView;
import io.millrace.api.catalog.FunctionView;
import io.millrace.api.catalog.NewFunction;
import io.millrace.api.catalog.NewRestoration;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The functions of the catalogs, and changes of them. */
public final class FunctionsClient {
    private static final String FUNCTIONS = "/catalogs/{}/databases/{}/functions";
    private static final String DROPPED = "/catalogs/{}/databases/{}/dropped-functions";

    private final Rest rest;

    FunctionsClient(Rest rest) {
        this.rest = rest;
    }

    public List<FunctionView> list(String catalog, String database) {
        return Pages.all(token ->
                rest.get(FUNCTIONS, catalog, database).query("pageToken", token).asPage(FunctionView.class));
    }

    public FunctionView get(String catalog, String database, String function) {
        return rest.get(FUNCTIONS + "/{}", catalog, database, function).as(FunctionView.class);
    }

    public FunctionView create(String catalog, String database, NewFunction function) {
        return rest.post(FUNCTIONS, catalog, database).body(function).as(FunctionView.class);
    }

    /** Says what is wrong, and creates nothing. */
    public void tryToCreate(String catalog, String database, NewFunction function) {
        rest.post(FUNCTIONS, catalog, database)
                .query("dryRun", true)
                .body(function)
                .send();
    }

    /** Has a function name another class, whatever version it has; answers who calls it, in sentences. */
    public List<String> alter(String catalog, String database, String function, String className) {
        List<String> callers = new ArrayList<>();
        rest.patch(FUNCTIONS + "/{}", catalog, database, function)
                .header("If-Match", "*")
                .body(new FunctionPatch(className))
                .noticing(callers::add)
                .send();
        return callers;
    }

    /** Drops a function, whatever version it has; answers who calls it, in sentences. A trial drops nothing. */
    public List<String> drop(String catalog, String database, String function, boolean dryRun) {
        List<String> callers = new ArrayList<>();
        rest.delete(FUNCTIONS + "/{}", catalog, database, function)
                .query("dryRun", dryRun ? true : null)
                .header("If-Match", "*")
                .noticing(callers::add)
                .send();
        return callers;
    }

    /** Newest first. */
    public Page<FunctionVersionView> versions(String catalog, String database, String function, int size) {
        return rest.get(FUNCTIONS + "/{}/versions", catalog, database, function)
                .query("pageSize", size)
                .asPage(FunctionVersionView.class);
    }

    /** Newest first. */
    public List<DroppedFunctionView> dropped(String catalog, String database) {
        return Pages.all(token ->
                rest.get(DROPPED, catalog, database).query("pageToken", token).asPage(DroppedFunctionView.class));
    }

    /** Brings back a dropped function, under its old name if {@code name} is null. */
    public FunctionView restore(String catalog, String database, String id, @Nullable String name) {
        return rest.post(DROPPED + "/{}/restorations", catalog, database, id)
                .body(new NewRestoration(name))
                .as(FunctionView.class);
    }
}
