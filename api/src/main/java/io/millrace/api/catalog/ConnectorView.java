package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Which options tables of one connector have.
 *
 * @param catalog the kind of catalog whose tables use it
 * @param primaryKey REQUIRED, OPTIONAL or FORBIDDEN
 */
public record ConnectorView(
        String catalog,
        String connector,
        String primaryKey,
        boolean partitions,
        boolean watermarks,
        List<OptionView> options) {

    /**
     * An option.
     *
     * @param key the key itself, or a prefix that ends with {@code .*}
     * @param category PLATFORM, DEFAULT, REQUIRED or ALLOWED
     * @param type such as STRING, INTEGER or CHOICE
     * @param standard the value when users give none
     * @param when it counts only then, as {@code key = value}
     * @param identity whether it says where the data is
     * @param sensitive whether its value is a secret
     * @param hintable whether a statement may change it for itself
     */
    public record OptionView(
            String key,
            String category,
            String type,
            List<String> choices,
            @Nullable String standard,
            @Nullable String when,
            boolean identity,
            boolean sensitive,
            boolean hintable,
            String en,
            String zh) {}
}
