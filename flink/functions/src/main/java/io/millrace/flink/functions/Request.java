package io.millrace.flink.functions;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/** The request line of a log entry, in its parts. A target with blanks in it is kept whole. */
record Request(String method, String path, @Nullable String query, String protocol) {
    private static final Pattern METHOD = Pattern.compile("[A-Za-z][A-Za-z0-9!#$%&'*+.^_`|~-]*");
    private static final Pattern PROTOCOL = Pattern.compile("HTTP/[0-9](\\.[0-9])?");

    static Request parse(String text) throws RefusedLine {
        int first = text.indexOf(' ');
        int last = text.lastIndexOf(' ');
        AccessLogReader.require(first > 0 && last > first + 1, Refusal.BAD_REQUEST);
        String method = text.substring(0, first);
        String target = text.substring(first + 1, last);
        String protocol = text.substring(last + 1);
        AccessLogReader.require(
                METHOD.matcher(method).matches() && PROTOCOL.matcher(protocol).matches() && !target.isBlank(),
                Refusal.BAD_REQUEST);
        int question = target.indexOf('?');
        return question < 0
                ? new Request(method, target, null, protocol)
                : new Request(method, target.substring(0, question), target.substring(question + 1), protocol);
    }
}
