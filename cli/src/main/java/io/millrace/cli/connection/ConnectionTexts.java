package io.millrace.cli.connection;

import io.millrace.api.connection.ConnectionView;
import io.millrace.cli.console.DisplayText;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Connections in words. */
final class ConnectionTexts {
    private ConnectionTexts() {}

    static List<String> lines(ConnectionView connection) {
        List<String> lines = new ArrayList<>();
        String by = connection.managed() ? "defined by settings" : "version " + connection.version();
        lines.add(connection.name() + ": " + connection.kind() + ", " + by + ", in SQL " + connection.sqlName());
        if (!connection.comment().isEmpty()) {
            lines.add(DisplayText.visible(connection.comment()));
        }
        connection.fields().forEach((key, value) -> lines.add("  " + key + ": " + value(value)));
        connection.secrets().forEach((key, secret) -> {
            String name = secret.name();
            lines.add(
                    "  " + key + ": " + (name == null ? "***" : secret.origin().toLowerCase(Locale.ROOT) + " " + name));
        });
        return lines;
    }

    private static String value(Object value) {
        String text = value instanceof List<?> items
                ? items.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(value);
        return DisplayText.visible(text);
    }
}
