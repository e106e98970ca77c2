package io.millrace.core.connection;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What people call a connection. It becomes a catalog or a database in SQL, so it needs no backticks there, and no two
 * differ only in case.
 */
public record ConnectionName(String value) implements Comparable<ConnectionName> {
    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    public ConnectionName {
        requireNonNull(value, "value");
        if (!VALID.matcher(value).matches()) {
            throw new MillraceException(
                    ErrorCode.CONNECTION_INVALID,
                    "This cannot name a connection: use 1 to 63 lower-case letters, digits and underscores, and begin"
                            + " with a letter.",
                    List.of(Flaw.at("/name", "is not the name of a connection", "mysql_crm")));
        }
    }

    @Override
    public int compareTo(ConnectionName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
