package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An exception and its causes, as a stack trace tells them; the first cause is last. */
record ExceptionChain(List<Link> links) {
    private static final Pattern HEAD = Pattern.compile("(?:[\\w$]+\\.)*([\\w$]+)(?:: (.*))?", Pattern.DOTALL);
    private static final String CAUSE = "Caused by: ";
    private static final int MOST_LINES_OF_A_MESSAGE = 20;

    /** What Flink wraps around exceptions whose class the receiver may not have: the true one is in the message. */
    private static final String WRAPPER = "SerializedThrowable";

    ExceptionChain {
        links = List.copyOf(links);
    }

    /**
     * One exception.
     *
     * @param type its class, without the package
     * @param message empty when it has none
     */
    record Link(String type, String message) {
        Link {
            requireNonNull(type, "type");
            requireNonNull(message, "message");
        }

        private static Link of(String head) {
            Matcher matcher = HEAD.matcher(head);
            if (!matcher.matches()) {
                return new Link("", head);
            }
            String message = matcher.group(2) == null ? "" : matcher.group(2).strip();
            return matcher.group(1).equals(WRAPPER) && !message.isEmpty()
                    ? of(message)
                    : new Link(matcher.group(1), message);
        }

        String firstLine() {
            return message.lines().findFirst().orElse("");
        }
    }

    /** Never empty. What is suppressed is no cause. */
    static ExceptionChain parse(String trace) {
        List<Link> links = new ArrayList<>();
        StringBuilder head = new StringBuilder();
        int lines = 0;
        for (String line : trace.lines().toList()) {
            if (line.startsWith(CAUSE) || (links.isEmpty() && head.isEmpty())) {
                if (!head.isEmpty()) {
                    links.add(Link.of(head.toString()));
                }
                head.setLength(0);
                head.append(line.startsWith(CAUSE) ? line.substring(CAUSE.length()) : line);
                lines = 1;
            } else if (line.startsWith("\t") || line.startsWith("    at ")) {
                lines = MOST_LINES_OF_A_MESSAGE;
            } else if (lines < MOST_LINES_OF_A_MESSAGE) {
                head.append('\n').append(line);
                lines++;
            }
        }
        links.add(Link.of(head.toString()));
        return new ExceptionChain(links);
    }

    Link first() {
        return links.get(links.size() - 1);
    }
}
