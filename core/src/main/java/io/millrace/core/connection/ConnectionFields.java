package io.millrace.core.connection;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fields of a connection that are no secrets, by key: texts, whole numbers, booleans and lists of texts, as the
 * kind's descriptor found them right. Immutable.
 */
public record ConnectionFields(Map<String, Object> values) {
    public ConnectionFields {
        TreeMap<String, Object> copy = new TreeMap<>();
        values.forEach((key, value) -> copy.put(key, plain(key, value)));
        values = Collections.unmodifiableSortedMap(copy);
    }

    private static Object plain(String key, Object value) {
        if (value instanceof String || value instanceof Long || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof List<?> items && items.stream().allMatch(String.class::isInstance)) {
            return List.copyOf(items);
        }
        throw new IllegalArgumentException("field " + key + " is no text, number, boolean or list of texts");
    }

    /** A field that the descriptor requires or defaults. */
    public String text(String key) {
        return optionalText(key).orElseThrow(() -> missing(key));
    }

    public Optional<String> optionalText(String key) {
        return Optional.ofNullable((String) values.get(key));
    }

    /** A field that the descriptor requires or defaults. */
    public int number(String key) {
        Object value = values.get(key);
        if (value == null) {
            throw missing(key);
        }
        return Math.toIntExact((Long) value);
    }

    /** False if the field is absent. */
    public boolean flag(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    /** Empty if the field is absent. */
    public List<String> items(String key) {
        return values.get(key) instanceof List<?> items
                ? items.stream().map(String.class::cast).toList()
                : List.of();
    }

    /** The keys whose values differ. */
    public Set<String> differences(ConnectionFields other) {
        Set<String> keys = new TreeSet<>(values.keySet());
        keys.addAll(other.values.keySet());
        keys.removeIf(key -> Objects.equals(values.get(key), other.values.get(key)));
        return keys;
    }

    private static IllegalStateException missing(String key) {
        return new IllegalStateException("a checked connection has field " + key);
    }
}
