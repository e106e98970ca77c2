package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.util.List;
import java.util.regex.Pattern;

/** A word by which people find jobs: {@code nightly}, {@code team:payments}. */
public record Tag(String value) implements Comparable<Tag> {
    private static final Pattern VALID = Pattern.compile("[a-z0-9._:-]{1,63}");

    public Tag {
        requireNonNull(value, "value");
        if (!valid(value)) {
            throw new MillraceException(
                    ErrorCode.JOB_INVALID,
                    "'" + value + "' cannot be a tag: use 1 to 63 lower-case letters, digits and - _ . :",
                    List.of(Flaw.at("/tags", "not a tag", "team:payments")));
        }
    }

    public static boolean valid(String text) {
        return VALID.matcher(text).matches();
    }

    @Override
    public int compareTo(Tag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
