package io.millrace.server.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of texts that others wrote, such as exceptions, logs and settings: those of connections by their
 * values, in the forms in which values are written, and any by the names that secrets go by.
 */
public final class Redactor {
    static final String MASK = "***";

    /** Shorter ones would take ordinary words away and are no secrets worth the name. */
    private static final int SHORTEST = 4;

    private static final String NAMES = "password|passwd|pwd|passphrase|secret|token|api[-_.]?key|access[-_.]?key"
            + "|account[-_.]key|service[-_.]?key|private[-_.]?key|credentials?|jaas\\.config|auth-params|http-headers";

    private static final Pattern NAME = Pattern.compile(".*(?:" + NAMES + ").*", Pattern.CASE_INSENSITIVE);

    private static final Pattern GIVEN = Pattern.compile(
            "([\\w.-]*(?:" + NAMES
                    + ")[\\w.-]*[\"']?\\s*[=:]\\s*)(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\\s\"',;&}\\])]+)",
            Pattern.CASE_INSENSITIVE);

    /** {@code //user:password@host}, as in addresses. */
    private static final Pattern IN_ADDRESS = Pattern.compile("(://[^/\\s:@]*:)[^/\\s@]+@");

    private final KnownSecrets known;

    public Redactor(KnownSecrets known) {
        this.known = known;
    }

    /** Whether a setting of this name is one whose value is not shown. */
    public static boolean isSecret(String name) {
        return NAME.matcher(name).matches();
    }

    public String redact(String text) {
        return now().apply(text);
    }

    /** For several texts: the secrets as they are now. */
    public UnaryOperator<String> now() {
        List<String> values = known.values().stream()
                .filter(value -> value.length() >= SHORTEST)
                .flatMap(Redactor::forms)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        return text -> {
            String bare = text;
            for (String value : values) {
                bare = bare.replace(value, MASK);
            }
            bare = GIVEN.matcher(bare).replaceAll("$1" + MASK);
            return IN_ADDRESS.matcher(bare).replaceAll("$1" + MASK + "@");
        };
    }

    private static Stream<String> forms(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        return Stream.of(
                value,
                HexFormat.of().formatHex(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** A redactor that knows no values, for tests and benchmarks. */
    public static Redactor byName() {
        return new Redactor(Set::of);
    }
}
