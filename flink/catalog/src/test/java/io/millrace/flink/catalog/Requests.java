package io.millrace.flink.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import io.millrace.api.Json;
import io.millrace.api.catalog.TableDefinition;

import java.io.IOException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what is asked of {@link InMemoryMetastore}. */
final class Requests {
    private Requests() {}

    /** The parts of the path below the version of the API. */
    static List<String> path(HttpExchange exchange) {
        return Stream.of(exchange.getRequestURI().getRawPath().split("/"))
                .skip(3) // "", "internal", "v1"
                .map(part -> URLDecoder.decode(part, UTF_8))
                .toList();
    }

    static <T> T body(HttpExchange exchange, Class<T> type) throws IOException {
        try {
            return Json.strict().readValue(exchange.getRequestBody().readAllBytes(), type);
        } catch (JsonProcessingException e) {
            throw new Refusal(400, "REQUEST_INVALID", e.getOriginalMessage());
        }
    }

    /** Fails for options that the server would not take. */
    static TableDefinition checked(TableDefinition table) {
        boolean unknown = !Set.of("upsert-gen").contains(table.options().getOrDefault("connector", "upsert-gen"));
        if (unknown || table.options().containsKey("ref")) {
            throw new Refusal(422, "OPTION_INVALID", "'connector' belongs to the platform");
        }
        return table;
    }
}
