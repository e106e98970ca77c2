package io.millrace.core.catalog;

import java.util.Locale;

/**
 * The name of a function: at most 255 characters, all of them visible and one of them a letter. Case does not matter:
 * it is kept in lower case, as Flink looks for it.
 */
public record FunctionName(String value) implements Comparable<FunctionName> {
    public FunctionName {
        value = Names.check(value, "function").toLowerCase(Locale.ROOT);
        if (value.codePoints().noneMatch(Character::isLetter)) {
            throw new IllegalArgumentException("A function cannot be called '" + value
                    + "': its name needs a letter, unlike that of an operator.");
        }
    }

    public static FunctionName fromString(String text) {
        return new FunctionName(text);
    }

    @Override
    public int compareTo(FunctionName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
