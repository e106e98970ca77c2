package io.millrace.core.connection;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A secret as a user gives it: the value itself, or where the server finds it. Never prints the value.
 *
 * @param text the value, or the name of the variable or file
 */
public record SecretInput(SecretOrigin origin, String text) {
    /** What the names of variables that may be used begin with: nothing else of the environment can be read. */
    public static final String VARIABLE_PREFIX = "MILLRACE_SECRET_";

    /** The server's own keys and settings. */
    private static final Pattern OWN = Pattern.compile("MILLRACE_SECRET_(KEY|FOLDER).*");

    private static final Pattern VARIABLE = Pattern.compile("MILLRACE_SECRET_[A-Z0-9_]{1,100}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_TEXT = 65_536;

    public SecretInput {
        requireNonNull(origin, "origin");
        requireNonNull(text, "text");
    }

    /** What is wrong with it, as the end of a sentence that begins with the field. Says nothing of the value. */
    public Optional<String> flaw(boolean lines) {
        return switch (origin) {
            case VALUE -> valueFlaw(lines);
            case ENV ->
                VARIABLE.matcher(text).matches() && !OWN.matcher(text).matches()
                        ? Optional.empty()
                        : Optional.of("must name a variable that begins with " + VARIABLE_PREFIX
                                + " and is not one of the server's own");
            case FILE ->
                FILE.matcher(text).matches()
                        ? Optional.empty()
                        : Optional.of("must be the bare name of a file in the folder of secrets");
        };
    }

    private Optional<String> valueFlaw(boolean lines) {
        if (text.isEmpty()) {
            return Optional.of("must not be empty");
        }
        if (text.length() > (lines ? LONGEST_TEXT : LONGEST_LINE)) {
            return Optional.of("is too long");
        }
        boolean control = text.chars().anyMatch(c -> Character.isISOControl(c) && !(lines && (c == '\n' || c == '\r')));
        return control ? Optional.of("must not hold control characters") : Optional.empty();
    }

    @Override
    public String toString() {
        return origin == SecretOrigin.VALUE ? "***" : origin + ":" + text;
    }
}
