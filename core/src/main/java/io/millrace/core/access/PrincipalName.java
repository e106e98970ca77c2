package io.millrace.core.access;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.util.List;
import java.util.regex.Pattern;

/** What a person or a service is called. Lower case only, so that no two differ in case or in look-alike letters. */
public record PrincipalName(String value) implements Comparable<PrincipalName> {
    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,126}");

    public PrincipalName {
        requireNonNull(value, "value");
        if (!VALID.matcher(value).matches()) {
            throw new MillraceException(
                    ErrorCode.PRINCIPAL_INVALID,
                    "This cannot name a user: use 1 to 127 lower-case letters, digits and . _ - @, and begin with a"
                            + " letter or digit.",
                    List.of(Flaw.at("/name", "is not the name of a user", "alice")));
        }
    }

    @Override
    public int compareTo(PrincipalName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
