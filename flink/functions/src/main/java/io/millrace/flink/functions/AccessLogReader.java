package io.millrace.flink.functions;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Reads one line of the Combined Log Format: {@code client ident user [time] "request" status bytes "referrer" "agent"}.
 *
 * <p>Servers escape quotes inside a field with a backslash, but not all do: a quote ends a field only where the next
 * field follows. A line is either read as a whole or refused with one {@link Refusal}.
 */
final class AccessLogReader {
    private final String line;
    private final int end;
    private int position;

    private AccessLogReader(String line) {
        this.line = line;
        this.end = line.endsWith("\r") ? line.length() - 1 : line.length();
    }

    static AccessLogEntry read(String line) throws RefusedLine {
        return new AccessLogReader(line).entry();
    }

    private AccessLogEntry entry() throws RefusedLine {
        require(!line.substring(0, end).isBlank(), Refusal.EMPTY);
        require(line.indexOf('\0') < 0, Refusal.CONTROL_CHARACTER);
        String client = client();
        String user = user();
        Instant time = AccessLogTime.parse(upTo("] ", Refusal.BAD_TIME));
        Request request = request();
        int status = status(upTo(" ", Refusal.BAD_STATUS));
        long bytes = bytes(upTo(" ", Refusal.BAD_SIZE));
        String referrer = referrer();
        String userAgent = userAgent();
        return new AccessLogEntry(
                time,
                client,
                absent(user),
                request.method(),
                request.path(),
                request.query(),
                request.protocol(),
                status,
                bytes,
                absent(referrer),
                absent(userAgent));
    }

    private String client() throws RefusedLine {
        String client = upTo(" ", Refusal.NO_CLIENT);
        require(!client.isEmpty() && client.indexOf('"') < 0, Refusal.NO_CLIENT);
        return client;
    }

    /** The identity, which nobody fills in, and the user's name, which may contain spaces. */
    private String user() throws RefusedLine {
        String names = upTo(" [", Refusal.NO_CLIENT);
        int space = names.indexOf(' ');
        require(space > 0 && space < names.length() - 1, Refusal.NO_CLIENT);
        return names.substring(space + 1);
    }

    private Request request() throws RefusedLine {
        require(position < end && line.charAt(position) == '"', Refusal.NO_REQUEST);
        position++;
        int close = closingQuote(position);
        while (close >= 0 && !statusFollows(close)) {
            close = closingQuote(close + 1);
        }
        require(close >= 0, Refusal.NO_REQUEST);
        String text = Quoting.unescape(line.substring(position, close));
        position = close + 2;
        return Request.parse(text);
    }

    private String referrer() throws RefusedLine {
        require(position < end && line.charAt(position) == '"', Refusal.NO_REFERRER);
        position++;
        int close = closingQuote(position);
        while (close >= 0 && !line.startsWith("\" \"", close)) {
            close = closingQuote(close + 1);
        }
        require(close >= 0, position < end ? Refusal.NO_USER_AGENT : Refusal.NO_REFERRER);
        String text = Quoting.unescape(line.substring(position, close));
        position = close + 3;
        return text;
    }

    private String userAgent() throws RefusedLine {
        int close = closingQuote(position);
        while (close >= 0 && close != end - 1) {
            // Here the field would end and leave a rest: two lines in one, or a field too many.
            require(!line.startsWith("\" \"", close), Refusal.NO_USER_AGENT);
            close = closingQuote(close + 1);
        }
        require(close >= 0, Refusal.NO_USER_AGENT);
        return Quoting.unescape(line.substring(position, close));
    }

    /** The next quote, from {@code start} on, that no backslash escapes; -1 when there is none. */
    private int closingQuote(int start) {
        for (int i = start; i < end; i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i;
            }
        }
        return -1;
    }

    private boolean statusFollows(int quote) {
        if (quote + 2 >= end || line.charAt(quote + 1) != ' ') {
            return false;
        }
        char first = line.charAt(quote + 2);
        return first == '-' || (first >= '0' && first <= '9');
    }

    private String upTo(String delimiter, Refusal otherwise) throws RefusedLine {
        int next = line.indexOf(delimiter, position);
        require(next >= 0 && next + delimiter.length() <= end, otherwise);
        String text = line.substring(position, next);
        position = next + delimiter.length();
        return text;
    }

    private static int status(String text) throws RefusedLine {
        require(text.length() == 3 && isDigits(text) && text.charAt(0) != '0', Refusal.BAD_STATUS);
        return Integer.parseInt(text);
    }

    private static long bytes(String text) throws RefusedLine {
        if (text.equals("-")) {
            return 0;
        }
        require(!text.isEmpty() && text.length() <= 18 && isDigits(text), Refusal.BAD_SIZE);
        return Long.parseLong(text);
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static @Nullable String absent(String text) {
        return text.equals("-") ? null : text;
    }

    static void require(boolean holds, Refusal otherwise) throws RefusedLine {
        if (!holds) {
            throw new RefusedLine(otherwise);
        }
    }
}
