package io.millrace.api.client;

import io.millrace.api.problem.Problem;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Problems for answers that are not ours, such as those of a proxy or of another program on the same port. */
final class Problems {
    private static final String CODE = "UNEXPECTED_ANSWER";
    private static final String TITLE = "The answer is not one of a Millrace server";

    private Problems() {}

    /** The lists that a careless server left out are empty, not null. */
    static Problem complete(Problem read) {
        if (read.errors() != null && read.detail() != null) {
            return read;
        }
        return new Problem(
                read.type(),
                read.title(),
                read.status(),
                read.detail() == null ? String.valueOf(read.title()) : read.detail(),
                read.instance(),
                read.code(),
                read.requestId(),
                read.errors() == null ? List.of() : read.errors());
    }

    static Problem foreign(String method, URI uri, int status) {
        return of(status, uri, method + " " + uri + " answered " + status + " without a reason.");
    }

    static Problem unreadable(String method, URI uri, int status, IOException cause) {
        String first = cause.getMessage() == null
                ? ""
                : cause.getMessage().lines().findFirst().orElse("");
        return of(status, uri, method + " " + uri + " answered " + status + " with something unreadable: " + first);
    }

    private static Problem of(int status, URI uri, String detail) {
        return new Problem("about:blank", TITLE, status, detail, uri.getPath(), CODE, null, List.of());
    }
}
