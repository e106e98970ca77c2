package io.millrace.dist.parts;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The variables that reach the server of a local stack: settings of it, and secrets of connections. No other process of
 * the stack gets them, and they are on no command line.
 */
final class ServerEnvironment {
    private static final String PREFIX = "MILLRACE_";

    /** What settings are about, the second word of their names. */
    private static final Set<String> GROUPS = Set.of(
            "ACCESS",
            "ACTIVITY",
            "BUNDLE",
            "CATALOG",
            "CONNECTION",
            "GATEWAY",
            "GIT",
            "INTERNAL",
            "JOB",
            "LINEAGE",
            "LOGS",
            "SECRET",
            "SNAPSHOT",
            "SQL",
            "TARGET");

    private ServerEnvironment() {}

    /** {@code written} are the lines of settings that the stack makes itself: those are its own. */
    static Map<String, String> of(Map<String, String> environment, Collection<String> written) {
        Set<String> own = written.stream()
                .map(line -> variable(line.substring(0, line.indexOf('='))))
                .collect(Collectors.toSet());
        Map<String, String> all = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (isSetting(name) && !own.contains(name)) {
                all.put(name, value);
            }
        });
        return all;
    }

    private static boolean isSetting(String name) {
        int end = name.indexOf('_', PREFIX.length());
        return name.startsWith(PREFIX) && end > 0 && GROUPS.contains(name.substring(PREFIX.length(), end));
    }

    /** As which a setting stands in the environment. */
    static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
