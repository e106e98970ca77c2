package io.millrace.cli.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.millrace.api.Json;

import java.io.UncheckedIOException;

/** JSON for programs: unlike on the wire, a field without a value is there, as null, so that its name can be relied on. */
public final class PrettyJson {
    private static final ObjectWriter WRITER = Json.lenient()
            .copy()
            .setSerializationInclusion(JsonInclude.Include.ALWAYS)
            .writerWithDefaultPrettyPrinter();

    private PrettyJson() {}

    public static String of(Object value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
