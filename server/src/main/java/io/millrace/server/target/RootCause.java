package io.millrace.server.target;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the one sentence in a stack trace that people need. */
final class RootCause {
    private static final Pattern HEAD = Pattern.compile("(?:Caused by: )?(?:[\\w$]+\\.)*([\\w$]+)(?:: (.*))?");
    private static final int LONGEST = 500;

    private RootCause() {}

    /** From the answer of {@code /jobs/:id/exceptions}. */
    static Optional<String> of(JsonNode exceptions) {
        JsonNode entries = exceptions.path("exceptionHistory").path("entries");
        String trace =
                entries.isEmpty() ? "" : entries.get(0).path("stacktrace").asText();
        if (trace.isBlank()) {
            trace = exceptions.path("root-exception").asText("");
        }
        return trace.isBlank() ? Optional.empty() : Optional.of(sentence(trace));
    }

    /** The innermost cause: its name without the package, and what it says. */
    static String sentence(String trace) {
        String last = trace.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((before, after) -> after)
                .orElseGet(() -> trace.lines().findFirst().orElse(""));
        Matcher head = HEAD.matcher(last);
        String text = head.matches() ? head.group(1) + (head.group(2) == null ? "" : ": " + head.group(2)) : last;
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.endsWith(".") || cut.endsWith("!") ? cut : cut + ".";
    }
}
