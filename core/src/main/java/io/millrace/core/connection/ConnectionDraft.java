package io.millrace.core.connection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A connection's content as a user gives it, before it is checked.
 *
 * @param fields as they came: texts, numbers, booleans, lists, or anything else that was sent
 * @param secrets those that are given
 * @param kept the secrets that the connection has already and that stay
 */
public record ConnectionDraft(Map<String, Object> fields, Map<String, SecretInput> secrets, Set<String> kept) {
    public ConnectionDraft {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
        kept = Set.copyOf(kept);
    }
}
