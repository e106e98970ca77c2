package io.millrace.flink.functions;

import org.jspecify.annotations.Nullable;
import ua_parser.Client;
import ua_parser.Parser;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads user agents with the regular expressions of the ua-parser project, and remembers the ones it saw last.
 *
 * <p>Not safe for use by several threads: each task has its own. The expressions, which take some 200 ms to compile,
 * are shared by all tasks of a process.
 */
final class UserAgentReader {
    /** Longer ones are cut: no browser sends them, and the expressions are many. */
    private static final int LONGEST = 1_000;

    private static final String NOT_KNOWN = "Other";

    /**
     * What programs say of themselves beside the names that ua-parser knows: a word for what they do, the name of an HTTP
     * library, or an address for complaints, which no browser has.
     */
    private static final Pattern DECLARED_BOT = Pattern.compile(
            "(?<!cu)bot|crawl|spider|slurp|fetch|feed|archiver|scrape|headless|phantomjs|nutch|libwww|urllib"
                    + "|\\b(curl|wget|java|php|perl|ruby|python|python-requests|go-http-client|apache-httpclient)/"
                    + "|https?://|[\\w.-]+@[\\w-]+\\.\\w",
            Pattern.CASE_INSENSITIVE);

    private final Map<String, UserAgent> seen;

    UserAgentReader(int remembered) {
        this.seen = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, UserAgent> eldest) {
                return size() > remembered;
            }
        };
    }

    UserAgent read(@Nullable String text) {
        if (text == null || text.isBlank() || text.equals("-")) {
            return UserAgent.UNKNOWN;
        }
        String key = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        UserAgent known = seen.get(key);
        if (known == null) {
            known = parse(key);
            seen.put(key, known);
        }
        return known;
    }

    int remembered() {
        return seen.size();
    }

    private static UserAgent parse(String text) {
        boolean declared = DECLARED_BOT.matcher(text).find();
        try {
            Client client = Expressions.PARSER.parse(text);
            var browser = client.userAgent;
            var system = client.os;
            return new UserAgent(
                    known(browser.family),
                    known(join(".", browser.major, browser.minor, browser.patch)),
                    known(join(" ", known(system.family), join(".", system.major, system.minor, system.patch))),
                    known(client.device.family),
                    declared || "Spider".equals(client.device.family));
        } catch (StackOverflowError e) {
            // Java's regular expressions recurse; a string made to exhaust them says nothing of its sender.
            return new UserAgent(null, null, null, null, declared);
        }
    }

    private static String join(String delimiter, @Nullable String... parts) {
        return Arrays.stream(parts)
                .filter(Objects::nonNull)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(delimiter));
    }

    private static @Nullable String known(@Nullable String text) {
        return text == null || text.isEmpty() || text.equals(NOT_KNOWN) ? null : text;
    }

    /** Loaded at the first user agent, not when a statement that names the function is planned. */
    private static final class Expressions {
        static final Parser PARSER = new Parser();
    }
}
