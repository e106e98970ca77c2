package io.millrace.server.catalog;

import static io.millrace.server.catalog.CatalogEndpoints.database;
import static io.millrace.server.catalog.CatalogEndpoints.dropping;
import static io.millrace.server.catalog.CatalogEndpoints.origin;

import io.millrace.api.catalog.FunctionView;
import io.millrace.api.catalog.FunctionWrite;
import io.millrace.core.catalog.FunctionName;
import io.millrace.core.catalog.FunctionPath;
import io.millrace.core.catalog.RegisteredFunction;
import io.millrace.core.error.ErrorCode;
import io.millrace.server.http.IfMatch;
import io.millrace.server.http.InternalCall;
import io.millrace.server.http.InternalEndpoints;
import io.millrace.server.http.InternalRouter;

import java.util.List;

/** What Flink's side asks of functions, on the internal API. It has checked the classes that it names. */
final class FunctionEndpoints implements InternalEndpoints {
    private static final int CREATED = 201;
    private static final String FUNCTIONS = CatalogEndpoints.DATABASE + "/functions";
    private static final String FUNCTION = FUNCTIONS + "/:function";

    private final FunctionService service;

    FunctionEndpoints(FunctionService service) {
        this.service = service;
    }

    @Override
    public void mount(InternalRouter router) {
        router.handle("GET", FUNCTIONS, this::list);
        router.change("POST", FUNCTIONS, "function.create", this::create);
        router.handle("GET", FUNCTION, call -> view(call, service.get(function(call))));
        router.change("PUT", FUNCTION, "function.alter", this::alter);
        router.change("DELETE", FUNCTION, "function.drop", this::drop);
    }

    private List<FunctionView> list(InternalCall call) {
        return service.kept(database(call)).stream().map(FunctionViews::of).toList();
    }

    private FunctionView create(InternalCall call) {
        FunctionWrite write = call.body(FunctionWrite.class);
        FunctionName name = FunctionViews.name(write.name());
        RegisteredFunction created =
                service.create(database(call).function(name), write.className(), origin(call, write.statement()));
        call.status(CREATED);
        return view(call, created);
    }

    private FunctionView alter(InternalCall call) {
        IfMatch match = IfMatch.required(call.ifMatch().orElse(null));
        FunctionWrite write = call.body(FunctionWrite.class);
        List<String> affected = service.affected(function(call));
        RegisteredFunction altered =
                service.alter(function(call), write.className(), match::check, origin(call, write.statement()));
        call.notice(affected);
        return view(call, altered);
    }

    private FunctionView drop(InternalCall call) {
        List<String> affected = service.affected(function(call));
        RegisteredFunction dropped = service.get(function(call));
        service.drop(function(call), version -> {}, dropping(call));
        call.notice(affected);
        return view(call, dropped);
    }

    private static FunctionView view(InternalCall call, RegisteredFunction function) {
        call.etag(function.version());
        return FunctionViews.of(function);
    }

    private static FunctionPath function(InternalCall call) {
        return database(call)
                .function(
                        CatalogEndpoints.name(call.path("function"), ErrorCode.FUNCTION_NOT_FOUND, FunctionName::new));
    }
}
