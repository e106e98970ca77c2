package io.millrace.flink.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The two options that stand for a table's storage: {@code connector = millrace} and {@code ref = id@version}. */
public final class References {
    public static final String CONNECTOR = "connector";
    public static final String REF = "ref";

    /** The connector that the user chose, where a catalog has several; empty for the usual one. */
    static final String CHOICE = "ref.connector";

    private References() {}

    /** The metastore's reference, if these are the options of one of our tables or views. */
    public static Optional<String> refOf(Map<String, String> options) {
        String connector = options.get(CONNECTOR);
        return connector == null || connector.equals(MillraceCatalogFactory.IDENTIFIER)
                ? Optional.ofNullable(options.get(REF))
                : Optional.empty();
    }

    /** What the user set. */
    public static Map<String, String> withoutReference(Map<String, String> options) {
        if (!options.containsKey(REF) && !MillraceCatalogFactory.IDENTIFIER.equals(options.get(CONNECTOR))) {
            return options;
        }
        Map<String, String> users = new LinkedHashMap<>(options);
        users.remove(REF);
        users.remove(CONNECTOR, MillraceCatalogFactory.IDENTIFIER);
        String choice = users.remove(CHOICE);
        if (choice != null) {
            users.putIfAbsent(CONNECTOR, choice);
        }
        return users;
    }

    /** Puts ours in place of the connector that the user chose. */
    static void hideConnector(Map<String, String> options) {
        String choice = options.put(CONNECTOR, MillraceCatalogFactory.IDENTIFIER);
        if (choice != null) {
            options.put(CHOICE, choice);
        }
    }

    /** Whether the option stands for the table's storage and is none of the real connector. */
    public static boolean isOurs(String key) {
        return key.equals(CONNECTOR) || key.equals(REF) || key.equals(CHOICE);
    }

    static OptionalLong versionOf(Map<String, String> options) {
        String ref = options.get(REF);
        if (ref == null || !ref.matches(".+@[0-9]{1,18}")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(ref.substring(ref.lastIndexOf('@') + 1)));
    }
}
