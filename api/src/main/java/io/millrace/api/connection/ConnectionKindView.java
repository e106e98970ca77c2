package io.millrace.api.connection;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A kind of connection and the fields of its form.
 *
 * @param shape {@code CATALOG} or {@code DATABASE}: what a connection of this kind is in SQL
 */
public record ConnectionKindView(String kind, String shape, String en, String zh, List<Field> fields) {
    /**
     * A field.
     *
     * @param type such as {@code HOST}; decides how the value looks
     * @param standard the value when none is given
     * @param secret whether it is given apart from the others and never shown
     * @param target whether secrets must be given again when it changes
     * @param when the field counts only then
     */
    public record Field(
            String key,
            String type,
            boolean required,
            @Nullable Object standard,
            List<String> choices,
            List<String> schemes,
            boolean secret,
            boolean target,
            @Nullable Condition when,
            String en,
            String zh) {}

    /** Another field has one of these values. */
    public record Condition(String field, List<String> values) {}
}
