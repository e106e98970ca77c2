package io.millrace.server.connection;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.core.connection.ConnectionDescriptor;
import io.millrace.core.connection.ConnectionKind;
import io.millrace.core.connection.FieldRule;
import io.millrace.core.connection.FieldType;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Reads connection descriptors. One that is wrong stops the server: it is a mistake of ours. */
public final class ConnectionFiles {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ConnectionFiles() {}

    /** The descriptor of a kind. */
    public static ConnectionDescriptor read(ConnectionKind kind) {
        String path = "/connections/" + kind.word() + ".yaml";
        try (InputStream file = ConnectionFiles.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("there is no connection descriptor " + path);
            }
            DescriptorFile read = YAML.readValue(file, DescriptorFile.class);
            if (read.kind() != kind) {
                throw new IllegalStateException(path + " describes " + read.kind());
            }
            List<FieldRule> rules = read.fields().stream().map(FieldEntry::rule).toList();
            return new ConnectionDescriptor(kind, read.en(), read.zh(), rules);
        } catch (IOException e) {
            throw new UncheckedIOException("the connection descriptor " + path + " cannot be read", e);
        }
    }

    /** A descriptor as it is written. */
    private record DescriptorFile(ConnectionKind kind, String en, String zh, List<FieldEntry> fields) {}

    /** A field as it is written. */
    private record FieldEntry(
            String key,
            FieldType type,
            boolean required,
            @JsonProperty("default") @Nullable Object standard,
            @Nullable List<String> choices,
            @Nullable List<String> schemes,
            boolean secret,
            boolean target,
            FieldRule.@Nullable Condition when,
            String en,
            String zh) {
        FieldRule rule() {
            return new FieldRule(
                    key,
                    type,
                    required,
                    Optional.ofNullable(standard),
                    choices == null ? List.of() : choices,
                    schemes == null ? List.of() : schemes,
                    secret,
                    target,
                    Optional.ofNullable(when),
                    en,
                    zh);
        }
    }
}
