package io.millrace.server.connection;

import io.millrace.core.connection.SecretInput;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The secrets of a request: those given, and those to be removed. A secret that is in neither stays as it is.
 */
record NewSecrets(Map<String, SecretInput> given, Set<String> removed) {
    NewSecrets {
        given = new TreeMap<>(given);
        removed = Set.copyOf(removed);
    }
}
