package io.millrace.core.job;

import static java.util.Objects.requireNonNull;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.util.List;
import java.util.regex.Pattern;

/** What people call a job: lower-case letters, digits and hyphens, at most 63, so that it fits a host or pod name. */
public record JobName(String value) {
    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public JobName {
        requireNonNull(value, "value");
        if (!VALID.matcher(value).matches()) {
            throw new MillraceException(
                    ErrorCode.JOB_INVALID,
                    "'" + value + "' cannot name a job: use 1 to 63 lower-case letters, digits and hyphens, and begin"
                            + " with a letter or digit.",
                    List.of(Flaw.at("/name", "not a job name", "page-views-per-minute")));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
