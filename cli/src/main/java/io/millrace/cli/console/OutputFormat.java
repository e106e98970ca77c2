package io.millrace.cli.console;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How a result is written. */
public enum OutputFormat {
    /** Aligned columns, for people. */
    TABLE,
    /** For programs. */
    JSON,
    /** For spreadsheets and programs. */
    CSV;

    /** Reads the formats of commands whose results are not only rows. */
    public static final class TableOrJson implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String value) {
            return parse(value, EnumSet.of(TABLE, JSON));
        }
    }

    /** Reads all formats. */
    public static final class Any implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String value) {
            return parse(value, EnumSet.allOf(OutputFormat.class));
        }
    }

    private static OutputFormat parse(String value, Set<OutputFormat> allowed) {
        return allowed.stream()
                .filter(format -> format.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is not one of "
                        + allowed.stream()
                                .map(format -> format.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
