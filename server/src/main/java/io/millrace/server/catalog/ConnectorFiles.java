package io.millrace.server.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.core.catalog.ConnectorDescriptor;
import io.millrace.core.catalog.Connectors;
import io.millrace.core.catalog.OptionCategory;
import io.millrace.core.catalog.OptionCondition;
import io.millrace.core.catalog.OptionRule;
import io.millrace.core.catalog.OptionType;
import io.millrace.core.catalog.TableShape;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads connector descriptors. A descriptor that names an unknown field, an option twice or a format that does not exist
 * stops the server: it is a mistake of ours.
 */
final class ConnectorFiles {
    private static final String FOLDER = "/connectors/";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ConnectorFiles() {}

    /** The connectors of a catalog; the first name is that of the usual one. */
    static Connectors read(String... names) {
        Map<String, List<OptionEntry>> formats =
                load("formats", FormatsFile.class).formats();
        return new Connectors(Stream.of(names)
                .map(name -> descriptor(load(name, ConnectorFile.class), formats))
                .toList());
    }

    private static ConnectorDescriptor descriptor(ConnectorFile file, Map<String, List<OptionEntry>> formats) {
        List<OptionRule> rules = new ArrayList<>();
        file.options().forEach(option -> rules.add(option.rule("", Optional.empty())));
        for (FormatSlot slot : list(file.formats())) {
            OptionRule chooser = rules.stream()
                    .filter(rule -> rule.key().equals(slot.option()))
                    .findFirst()
                    .orElseThrow();
            for (String format : chooser.choices()) {
                List<OptionEntry> options = formats.get(format);
                if (options == null) {
                    throw new IllegalStateException(file.connector() + " allows the unknown format " + format);
                }
                var when = Optional.of(new OptionCondition(slot.option(), format));
                options.forEach(option -> rules.add(option.rule(slot.prefix() + format + ".", when)));
            }
        }
        TableShape shape = new TableShape(
                file.primaryKey(),
                list(file.primaryKeyFormats()),
                file.primaryKeyHint(),
                file.partitions(),
                !Boolean.FALSE.equals(file.watermarks()));
        return new ConnectorDescriptor(file.catalog(), file.connector(), shape, rules);
    }

    private static <T> T load(String name, Class<T> type) {
        String path = FOLDER + name + ".yaml";
        try (InputStream file = ConnectorFiles.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("there is no connector descriptor " + path);
            }
            return YAML.readValue(file, type);
        } catch (IOException e) {
            throw new UncheckedIOException("the connector descriptor " + path + " cannot be read", e);
        }
    }

    private static <T> List<T> list(@Nullable List<T> given) {
        return given == null ? List.of() : given;
    }

    /** A descriptor as it is written. */
    private record ConnectorFile(
            String catalog,
            String connector,
            TableShape.KeyRule primaryKey,
            @Nullable List<String> primaryKeyFormats,
            String primaryKeyHint,
            boolean partitions,
            @Nullable Boolean watermarks,
            @Nullable List<FormatSlot> formats,
            List<OptionEntry> options) {}

    /** An option that chooses a format, and how the options of the chosen one begin. */
    private record FormatSlot(String option, String prefix) {}

    /** The options of each format. */
    private record FormatsFile(Map<String, List<OptionEntry>> formats) {}

    /**
     * An option as it is written; {@code category} is ALLOWED and {@code type} is STRING unless said otherwise, and a whole
     * number is from 0 to what an int holds.
     */
    private record OptionEntry(
            String key,
            @Nullable OptionCategory category,
            @Nullable OptionType type,
            @Nullable List<String> choices,
            @JsonProperty("default") @Nullable String standard,
            @Nullable OptionCondition when,
            @Nullable String unless,
            boolean identity,
            boolean sensitive,
            @Nullable Boolean hint,
            @Nullable Long min,
            @Nullable Long max,
            String en,
            String zh) {
        OptionRule rule(String prefix, Optional<OptionCondition> format) {
            return new OptionRule(
                    prefix + key,
                    category == null ? OptionCategory.ALLOWED : category,
                    type == null ? OptionType.STRING : type,
                    list(choices),
                    Optional.ofNullable(standard),
                    format.isPresent() ? format : Optional.ofNullable(when),
                    Optional.ofNullable(unless),
                    identity,
                    sensitive,
                    hint == null ? category != OptionCategory.PLATFORM && !identity : hint,
                    new OptionRule.Range(min == null ? 0 : min, max == null ? Integer.MAX_VALUE : max),
                    new OptionRule.Meaning(en, zh));
        }
    }
}
