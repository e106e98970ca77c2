package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a connector descriptor says of one option.
 *
 * @param key the key itself, or a prefix that ends with {@code .*}
 * @param choices the possible values, for {@link OptionType#CHOICE}
 * @param standard the value when users give none; for platform options empty if it comes from the connection
 * @param when the rule holds only then; empty for always
 * @param unless the key of another option that takes the place of this one
 * @param identity whether the option says <em>where</em> the data is, so that a copy or hint must not change it
 * @param sensitive whether its value is a secret, which nobody is shown
 * @param hintable whether a statement may change it for itself, in an OPTIONS hint
 * @param range the possible values, for {@link OptionType#INTEGER}
 */
public record OptionRule(
        String key,
        OptionCategory category,
        OptionType type,
        List<String> choices,
        Optional<String> standard,
        Optional<OptionCondition> when,
        Optional<String> unless,
        boolean identity,
        boolean sensitive,
        boolean hintable,
        Range range,
        Meaning meaning) {
    private static final String ANY = ".*";

    public OptionRule {
        requireNonNull(key, "key");
        requireNonNull(category, "category");
        requireNonNull(type, "type");
        List<String> values = List.copyOf(choices);
        choices = values;
        requireNonNull(standard, "standard");
        requireNonNull(when, "when");
        requireNonNull(unless, "unless");
        requireNonNull(range, "range");
        requireNonNull(meaning, "meaning");
        if (meaning.en().isBlank() || meaning.zh().isBlank()) {
            throw new IllegalArgumentException("option " + key + " is not explained in both languages");
        }
        if (category == OptionCategory.DEFAULT && standard.isEmpty()) {
            throw new IllegalArgumentException("option " + key + " is of category DEFAULT and has no default");
        }
        if (type == OptionType.CHOICE && choices.isEmpty()) {
            throw new IllegalArgumentException("option " + key + " is a CHOICE and lists no values");
        }
        if (hintable && identity) {
            throw new IllegalArgumentException("option " + key + " says where the data is, so no hint may change it");
        }
        Optional<String> wrong = standard.flatMap(value -> flaw(value, type, values, range));
        if (wrong.isPresent()) {
            throw new IllegalArgumentException("default of option " + key + " " + wrong.get());
        }
    }

    /** What is wrong with {@code value}, as the end of a sentence that begins with the key; empty if nothing is. */
    Optional<String> flaw(String value) {
        return flaw(value, type, choices, range);
    }

    private static Optional<String> flaw(String value, OptionType type, List<String> choices, Range range) {
        return type.flaw(value, choices)
                .or(() -> type == OptionType.INTEGER ? range.flaw(Long.parseLong(value)) : Optional.empty());
    }

    boolean matches(String given) {
        return isPrefix()
                ? given.length() > key.length() - 1 && given.startsWith(key.substring(0, key.length() - 1))
                : given.equals(key);
    }

    boolean isPrefix() {
        return key.endsWith(ANY);
    }

    /** From the least to the greatest value, both included. */
    public record Range(long least, long greatest) {
        public Range {
            if (least > greatest) {
                throw new IllegalArgumentException("no number is from " + least + " to " + greatest);
            }
        }

        private Optional<String> flaw(long value) {
            return value >= least && value <= greatest
                    ? Optional.empty()
                    : Optional.of("must be a whole number from " + least + " to " + greatest + ", not '" + value + "'");
        }
    }

    /** What an option is for, to people. */
    public record Meaning(String en, String zh) {
        public Meaning {
            requireNonNull(en, "en");
            requireNonNull(zh, "zh");
        }
    }
}
