package io.millrace.cli.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.api.connection.ConnectionPatch;
import io.millrace.api.connection.ConnectionSpec;
import io.millrace.api.connection.NewConnection;
import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connection in a file, in YAML or JSON. A secret itself does not belong into it: files are kept and shared. */
final class ConnectionFile {
    private static final long LARGEST = 1 << 20;
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private final NewConnection content;
    private final Map<String, String> given;

    private ConnectionFile(NewConnection content, Map<String, String> given) {
        this.content = content;
        this.given = given;
    }

    /** {@code given} are secrets from elsewhere besides those of the file. */
    static ConnectionFile read(Path file, Map<String, String> given) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new CommandFailure(ExitCode.USAGE, file + " is larger than a connection can be.");
            }
            NewConnection read = YAML.readValue(Files.readString(file), NewConnection.class);
            if (read == null) {
                throw new CommandFailure(ExitCode.USAGE, file + " is empty.");
            }
            refuseValues(file, read.secrets());
            return new ConnectionFile(read, given);
        } catch (JsonProcessingException e) {
            // Its message may quote the file's text.
            String place =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file + place + ": this is not a connection. It has name, kind, fields, secrets and comment;"
                            + " `millrace catalog connections kinds` lists the fields.");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.ENVIRONMENT,
                    file + " cannot be read (" + e.getClass().getSimpleName() + ").");
        }
    }

    /** The connection to make. */
    NewConnection connection() {
        return new NewConnection(content.name(), content.kind(), content.fields(), secrets(), content.comment());
    }

    /** The whole content for the connection {@code name}. */
    ConnectionSpec spec(String name) {
        refuseOther(name);
        return new ConnectionSpec(content.fields(), secrets(), content.comment());
    }

    /** What changes of the connection {@code name}. */
    ConnectionPatch patch(String name) {
        refuseOther(name);
        return new ConnectionPatch(content.fields(), secrets(), content.comment());
    }

    private void refuseOther(String name) {
        if (content.name() != null && !content.name().equals(name)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "The file is of connection '" + content.name() + "', not '" + name
                            + "'. Connections keep their name.");
        }
    }

    private Map<String, @Nullable Object> secrets() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (content.secrets() != null) {
            all.putAll(content.secrets());
        }
        all.putAll(given);
        return all;
    }

    private static void refuseValues(Path file, @Nullable Map<String, @Nullable Object> secrets) {
        if (secrets == null) {
            return;
        }
        secrets.forEach((key, value) -> {
            if (value != null && !(value instanceof Map)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        file + ": the secret '" + key + "' stands in the file. Write {env: MILLRACE_SECRET_NAME} or"
                                + " {file: name} there, or leave it out and give it with --ask " + key
                                + " or --secret-file "
                                + key + "=FILE.");
            }
        });
    }
}
