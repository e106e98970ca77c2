package io.millrace.cli.access;

import io.millrace.api.access.ObjectKind;
import io.millrace.api.access.ObjectPath;
import io.millrace.api.client.JobsClient;
import io.millrace.cli.catalog.QualifiedName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads what something is granted on: {@code server}, {@code kind:name}, or the name of a table. A job's name without that
 * of its workspace means the one that every installation has.
 */
final class ObjectName implements ITypeConverter<ObjectPath> {
    @Override
    public ObjectPath convert(String text) {
        if (text.equalsIgnoreCase(ObjectKind.SERVER.name())) {
            return new ObjectPath(ObjectKind.SERVER, List.of());
        }
        int colon = text.indexOf(':');
        ObjectKind kind = colon < 0 ? ObjectKind.TABLE : kind(text.substring(0, colon));
        List<String> path =
                new QualifiedName.Reader().convert(text.substring(colon + 1)).parts();
        int parts = parts(kind);
        if (kind == ObjectKind.JOB && path.size() == 1) {
            path = List.of(JobsClient.DEFAULT_WORKSPACE, path.get(0));
        }
        if (path.size() != parts) {
            throw new TypeConversionException("'" + text.substring(colon + 1) + "' is not the whole name of a "
                    + word(kind) + ", which has " + parts + (parts == 1 ? " part" : " parts"));
        }
        return new ObjectPath(kind, path);
    }

    private static ObjectKind kind(String word) {
        Optional<ObjectKind> kind = Arrays.stream(ObjectKind.values())
                .filter(each -> each.name().equalsIgnoreCase(word))
                .findFirst();
        return (word.equalsIgnoreCase("view") ? Optional.of(ObjectKind.TABLE) : kind)
                .orElseThrow(() -> new TypeConversionException("'" + word + "' is not one of "
                        + Arrays.stream(ObjectKind.values())
                                .map(ObjectName::word)
                                .collect(Collectors.joining(", "))));
    }

    private static int parts(ObjectKind kind) {
        return switch (kind) {
            case SERVER -> 0;
            case TABLE, FUNCTION -> 3;
            case DATABASE, JOB -> 2;
            case CATALOG, CONNECTION, WORKSPACE -> 1;
        };
    }

    private static String word(ObjectKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
