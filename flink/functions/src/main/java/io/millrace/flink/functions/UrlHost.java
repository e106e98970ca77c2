package io.millrace.flink.functions;

import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code URL_HOST(referrer)}: the host of an absolute address, in lower case, without user, port and final dot.
 *
 * <p>NULL when there is none, or when it holds characters that no host has.
 */
public final class UrlHost extends ScalarFunction {
    private static final long serialVersionUID = 1;

    private static final Pattern AUTHORITY = Pattern.compile("^\\s*[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)");
    private static final Pattern HOST = Pattern.compile(
            "(?:.*@)?(\\[[0-9A-Fa-f:.]+]|[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}._-]*[\\p{L}\\p{N}_])?)\\.?(?::[0-9]*)?");

    /** Takes a whole address, such as the header {@code Referer}. */
    public @Nullable String eval(@Nullable String url) {
        if (url == null) {
            return null;
        }
        Matcher authority = AUTHORITY.matcher(url);
        if (!authority.find()) {
            return null;
        }
        Matcher host = HOST.matcher(authority.group(1));
        return host.matches() ? host.group(1).toLowerCase(Locale.ROOT) : null;
    }
}
