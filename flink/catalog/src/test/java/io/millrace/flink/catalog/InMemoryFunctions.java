package io.millrace.flink.catalog;

import com.sun.net.httpserver.HttpExchange;
import io.millrace.api.catalog.FunctionView;
import io.millrace.api.catalog.FunctionWrite;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The functions of an {@link InMemoryMetastore}, which guards it. */
final class InMemoryFunctions {
    private final Map<String, Map<String, FunctionView>> databases = new TreeMap<>();
    private long ids;

    /** {@code path} is catalogs, catalog, databases, database, functions and perhaps a name. */
    @Nullable
    Object route(HttpExchange exchange, List<String> path) throws IOException {
        Map<String, FunctionView> functions = of(path.get(1), path.get(3));
        if (path.size() == 5) {
            return exchange.getRequestMethod().equals("GET")
                    ? List.copyOf(functions.values())
                    : create(exchange, path.get(1), path.get(3));
        }
        String name = path.get(5).toLowerCase(Locale.ROOT);
        FunctionView found = functions.get(name);
        if (found == null) {
            throw new Refusal(404, "FUNCTION_NOT_FOUND", "no function " + name);
        }
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                return found;
            }
            case "DELETE" -> {
                return functions.remove(name);
            }
            default -> {
                if (!("\"" + found.version() + "\"")
                        .equals(exchange.getRequestHeaders().getFirst("If-Match"))) {
                    throw new Refusal(409, "STALE_VERSION", "function " + name + " changed meanwhile");
                }
                FunctionWrite write = Requests.body(exchange, FunctionWrite.class);
                return put(found.id(), found.version() + 1, path.get(1), path.get(3), name, write.className());
            }
        }
    }

    void add(String catalog, String database, String name, String className) {
        put("f" + ++ids, 1, catalog, database, name, className);
    }

    private FunctionView create(HttpExchange exchange, String catalog, String database) throws IOException {
        FunctionWrite write = Requests.body(exchange, FunctionWrite.class);
        String name = write.name().toLowerCase(Locale.ROOT);
        if (of(catalog, database).containsKey(name)) {
            throw new Refusal(409, "FUNCTION_EXISTS", "function " + name + " exists");
        }
        return put("f" + ++ids, 1, catalog, database, name, write.className());
    }

    private FunctionView put(String id, long version, String catalog, String database, String name, String className) {
        var function = new FunctionView(id, version, catalog, database, name, className, "CREATE FUNCTION " + name);
        of(catalog, database).put(name, function);
        return function;
    }

    private Map<String, FunctionView> of(String catalog, String database) {
        return databases.computeIfAbsent(catalog + "." + database, key -> new TreeMap<>());
    }
}
