package io.millrace.cli.catalog;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A name of up to three parts, as SQL writes it. */
public record QualifiedName(List<String> parts) {
    private static final int MOST_PARTS = 3;

    public QualifiedName {
        parts = List.copyOf(parts);
    }

    public String catalog() {
        return parts.get(0);
    }

    public String database() {
        return parts.get(1);
    }

    public String table() {
        return parts.get(2);
    }

    String function() {
        return parts.get(2);
    }

    /** For messages. */
    String dotted() {
        return String.join(".", parts);
    }

    /** As SQL writes it, each part in backticks. */
    String quoted() {
        return parts.stream().map(part -> "`" + part.replace("`", "``") + "`").collect(Collectors.joining("."));
    }

    /** Reads what users type. */
    public static final class Reader implements ITypeConverter<QualifiedName> {
        @Override
        public QualifiedName convert(String text) {
            List<String> parts = new ArrayList<>();
            StringBuilder part = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean twice = quoted && c == '`' && i + 1 < text.length() && text.charAt(i + 1) == '`';
                if (twice) {
                    part.append(c);
                    i++;
                } else if (c == '`') {
                    quoted = !quoted;
                } else if (c == '.' && !quoted) {
                    parts.add(part.toString());
                    part.setLength(0);
                } else {
                    part.append(c);
                }
            }
            parts.add(part.toString());
            if (quoted || parts.size() > MOST_PARTS || parts.stream().anyMatch(String::isBlank)) {
                throw new TypeConversionException("'" + text + "' is no name such as CATALOG.DATABASE.TABLE");
            }
            return new QualifiedName(parts);
        }
    }

    private static QualifiedName whole(String text, String last) {
        QualifiedName name = new Reader().convert(text);
        if (name.parts().size() != MOST_PARTS) {
            throw new TypeConversionException("'" + text + "' is not CATALOG.DATABASE." + last);
        }
        return name;
    }

    /** Reads the name of a table: all three parts. */
    public static final class TableReader implements ITypeConverter<QualifiedName> {
        @Override
        public QualifiedName convert(String text) {
            return whole(text, "TABLE");
        }
    }

    /** Reads the name of a function: all three parts. */
    static final class FunctionReader implements ITypeConverter<QualifiedName> {
        @Override
        public QualifiedName convert(String text) {
            return whole(text, "FUNCTION");
        }
    }
}
