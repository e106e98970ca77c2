package io.millrace.server.flinkclient;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements are named within their session, such as {@code s17}; Flink's clients insist on UUIDs. The UUID is the number
 * and nothing else: who may see a statement is decided by its session.
 */
final class Handles {
    private static final Pattern STATEMENT = Pattern.compile("s([0-9]{1,18})");

    private Handles() {}

    static String operation(String statement) {
        Matcher matcher = STATEMENT.matcher(statement);
        if (!matcher.matches()) {
            throw new IllegalStateException("the gateway names statements in another way now: " + statement);
        }
        return new UUID(0, Long.parseLong(matcher.group(1))).toString();
    }

    static String statement(String operation) {
        try {
            UUID id = UUID.fromString(operation);
            if (id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() >= 0) {
                return "s" + id.getLeastSignificantBits();
            }
        } catch (IllegalArgumentException e) {
            // no UUID: like one that nobody got
        }
        throw new MillraceException(
                ErrorCode.SQL_STATEMENT_NOT_FOUND, "This session has no operation " + operation + ".");
    }
}
