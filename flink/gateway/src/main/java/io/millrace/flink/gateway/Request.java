package io.millrace.flink.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.api.Json;
import io.millrace.flink.gateway.problem.Code;
import io.millrace.flink.gateway.problem.GatewayException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request that was read completely. */
final class Request {
    private final String method;
    private final List<String> path;
    private final Map<String, String> query = new HashMap<>();
    private final byte[] body;

    Request(String method, URI uri, byte[] body) {
        this.method = method;
        this.path = Arrays.stream(uri.getRawPath().split("/"))
                .filter(part -> !part.isEmpty())
                .map(Request::decoded)
                .toList();
        this.body = body;
        String text = uri.getRawQuery();
        if (text != null) {
            for (String pair : text.split("&")) {
                int equals = pair.indexOf('=');
                query.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    boolean isHealth() {
        return is("GET", "v1", "health");
    }

    /** Whether method and path are these; {@code *} stands for any one segment. */
    boolean is(String wantedMethod, String... wantedPath) {
        if (!method.equals(wantedMethod) || path.size() != wantedPath.length) {
            return false;
        }
        for (int i = 0; i < wantedPath.length; i++) {
            if (!wantedPath[i].equals("*") && !wantedPath[i].equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    String segment(int index) {
        return path.get(index);
    }

    @Nullable
    String parameter(String name) {
        return query.get(name);
    }

    @Nullable
    Integer number(String name) {
        String text = query.get(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw new GatewayException(Code.REQUEST_INVALID, "'" + name + "' must be a number.");
        }
        return Integer.valueOf(text);
    }

    <T> T body(Class<T> type) {
        try {
            T value = Json.strict().readValue(body, type);
            if (value != null) {
                return value;
            }
        } catch (JsonProcessingException e) {
            throw new GatewayException(
                    Code.REQUEST_INVALID, "The body is not what is expected: " + e.getOriginalMessage(), List.of(), e);
        } catch (IOException e) {
            throw new GatewayException(Code.REQUEST_INVALID, "The body cannot be read.", List.of(), e);
        }
        throw new GatewayException(Code.REQUEST_INVALID, "The body is missing.");
    }
}
