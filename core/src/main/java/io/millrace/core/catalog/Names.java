package io.millrace.core.catalog;

import static java.util.Objects.requireNonNull;

/** What catalogs, databases and tables may be called. */
final class Names {
    private static final int MAX_LENGTH = 255;

    private Names() {}

    /** Returns {@code name} if it can name something; the stores behind some catalogs are stricter. */
    static String check(String name, String what) {
        requireNonNull(name, what);
        if (name.isBlank()) {
            throw new IllegalArgumentException("A " + what + " needs a name.");
        }
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("The name of a " + what + " has at most " + MAX_LENGTH
                    + " characters, this one " + name.length() + ".");
        }
        if (isStep(name)) {
            throw new IllegalArgumentException("A " + what + " cannot be called '" + name
                    + "': in an address, as of the API, that is a step and no name.");
        }
        if (name.codePoints().anyMatch(Names::invisible)) {
            throw new IllegalArgumentException("The name of a " + what + " holds no control characters.");
        }
        return name;
    }

    /** Whether {@link #check} takes it. */
    static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= MAX_LENGTH
                && !isStep(name)
                && name.codePoints().noneMatch(Names::invisible);
    }

    private static boolean isStep(String name) {
        return name.equals(".") || name.equals("..");
    }

    private static boolean invisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
