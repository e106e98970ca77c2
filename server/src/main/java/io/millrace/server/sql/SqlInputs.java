package io.millrace.server.sql;

import io.millrace.api.sql.CompletionRequest;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Holds what callers send against the bounds of {@code openapi.yaml}, before the gateway sees it. */
final class SqlInputs {
    private static final int MAX_TEXT = 1_000_000;
    private static final int MAX_ROWS = 100_000;
    private static final int MAX_SECONDS = 3_600;
    private static final int MAX_WAIT_MILLIS = 10_000;

    private SqlInputs() {}

    static NewSqlStatement statement(@Nullable NewSqlStatement given) {
        NewSqlStatement statement = body(given);
        var flaws = new ArrayList<Flaw>();
        text(statement.sql(), "/sql", flaws);
        range(statement.maxRows(), 1, MAX_ROWS, "/maxRows", flaws);
        range(statement.maxSeconds(), 1, MAX_SECONDS, "/maxSeconds", flaws);
        return sound(statement, flaws);
    }

    static NewAnalysis analysis(@Nullable NewAnalysis given) {
        NewAnalysis analysis = body(given);
        var flaws = new ArrayList<Flaw>();
        // An empty script is the beginning of every script: the editor asks about it too.
        if (analysis.script() == null) {
            flaws.add(Flaw.at("/script", "is required"));
        } else if (analysis.script().length() > MAX_TEXT) {
            flaws.add(Flaw.at("/script", "is longer than " + MAX_TEXT + " characters"));
        }
        return sound(analysis, flaws);
    }

    static CompletionRequest completion(@Nullable CompletionRequest given) {
        CompletionRequest request = body(given);
        var flaws = new ArrayList<Flaw>();
        if (request.sql() == null) {
            flaws.add(Flaw.at("/sql", "is required"));
        } else {
            int length = request.sql().length();
            range(length, 0, MAX_TEXT, "/sql", flaws);
            range(request.position(), 0, length, "/position", flaws);
        }
        return sound(request, flaws);
    }

    static int waitMillis(@Nullable Integer given) {
        var flaws = new ArrayList<Flaw>();
        range(given, 0, MAX_WAIT_MILLIS, "/waitMillis", flaws);
        return sound(given == null ? 0 : given, flaws);
    }

    static <T> T body(@Nullable T given) {
        if (given == null) {
            throw new MillraceException(ErrorCode.REQUEST_INVALID, "This call needs a body.");
        }
        return given;
    }

    private static void text(@Nullable String text, String pointer, List<Flaw> flaws) {
        if (text == null || text.isBlank()) {
            flaws.add(Flaw.at(pointer, "is required"));
        } else if (text.length() > MAX_TEXT) {
            flaws.add(Flaw.at(pointer, "is longer than " + MAX_TEXT + " characters"));
        }
    }

    private static void range(@Nullable Integer number, int least, int most, String pointer, List<Flaw> flaws) {
        if (number != null && (number < least || number > most)) {
            flaws.add(Flaw.at(pointer, "must be from " + least + " to " + most + ", not " + number));
        }
    }

    private static <T> T sound(T input, List<Flaw> flaws) {
        if (flaws.isEmpty()) {
            return input;
        }
        Flaw first = flaws.get(0);
        String name = first.pointer().substring(1);
        throw new MillraceException(ErrorCode.REQUEST_INVALID, "'" + name + "' " + first.message() + ".", flaws);
    }
}
