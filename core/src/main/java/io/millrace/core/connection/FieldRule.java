package io.millrace.core.connection;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a descriptor says of one field.
 *
 * @param choices the possible values, for {@link FieldType#CHOICE}
 * @param schemes the possible schemes, for {@link FieldType#ROOT} and {@link FieldType#URI}
 * @param standard the value if users give none
 * @param secret whether the field is kept sealed and never shown; its type is STRING or TEXT
 * @param target whether the field says where the store is: secrets never follow to another place unasked
 * @param when the field counts only then; empty for always
 */
public record FieldRule(
        String key,
        FieldType type,
        boolean required,
        Optional<Object> standard,
        List<String> choices,
        List<String> schemes,
        boolean secret,
        boolean target,
        Optional<Condition> when,
        String en,
        String zh) {
    public FieldRule {
        requireNonNull(key, "key");
        requireNonNull(type, "type");
        requireNonNull(standard, "standard");
        choices = List.copyOf(choices);
        schemes = List.copyOf(schemes);
        requireNonNull(when, "when");
        requireNonNull(en, "en");
        requireNonNull(zh, "zh");
        if (secret && type != FieldType.STRING && type != FieldType.TEXT) {
            throw new IllegalArgumentException("secret " + key + " is neither STRING nor TEXT");
        }
        if (secret && (standard.isPresent() || target)) {
            throw new IllegalArgumentException("secret " + key + " has no default and is no target");
        }
        if (type == FieldType.CHOICE && choices.isEmpty()) {
            throw new IllegalArgumentException("field " + key + " is a CHOICE and lists no values");
        }
        if ((type == FieldType.ROOT || type == FieldType.URI) && schemes.isEmpty()) {
            throw new IllegalArgumentException("field " + key + " is a URI and lists no schemes");
        }
    }

    boolean applies(Map<String, Object> effective) {
        return when.map(condition -> condition.holds(effective)).orElse(true);
    }

    /** Another field has one of these values, given or by default. */
    public record Condition(String field, List<String> values) {
        public Condition {
            requireNonNull(field, "field");
            values = List.copyOf(values);
        }

        boolean holds(Map<String, Object> effective) {
            return values.contains(String.valueOf(effective.get(field)));
        }

        @Override
        public String toString() {
            return "'" + field + "' is " + String.join(" or ", values);
        }
    }
}
