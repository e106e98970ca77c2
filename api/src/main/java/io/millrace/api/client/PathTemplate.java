package io.millrace.api.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Puts escaped segments into a path. */
final class PathTemplate {
    private PathTemplate() {}

    static String fill(String path, Object... arguments) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (Object argument : arguments) {
            int hole = path.indexOf("{}", from);
            if (hole < 0) {
                throw new IllegalArgumentException("more arguments than {} in " + path);
            }
            filled.append(path, from, hole).append(segment(argument.toString()));
            from = hole + 2;
        }
        if (path.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("fewer arguments than {} in " + path);
        }
        return filled.append(path, from, path.length()).toString();
    }

    /** A dot segment would be resolved away by servers, so it is escaped although RFC 3986 does not ask for it. */
    private static String segment(String value) {
        if (value.equals(".") || value.equals("..")) {
            return value.replace(".", "%2E");
        }
        return escape(value);
    }

    static String escape(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
