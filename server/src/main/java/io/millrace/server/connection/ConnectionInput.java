package io.millrace.server.connection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connection's content as a request gives it.
 *
 * @param fields as they came; checked later
 */
record ConnectionInput(Map<String, Object> fields, NewSecrets secrets, String comment) {
    ConnectionInput {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
