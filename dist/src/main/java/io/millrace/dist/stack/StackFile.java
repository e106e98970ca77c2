package io.millrace.dist.stack;

import static io.millrace.cli.ExitCode.ENVIRONMENT;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** {@code stack.json}. A reader sees the old content or the new one, never a part. */
public final class StackFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Path file;

    public StackFile(Path file) {
        this.file = requireNonNull(file, "file");
    }

    /** Empty when there never was a stack here. */
    public Optional<StackRecord> read() {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), StackRecord.class));
        } catch (NoSuchFileException never) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new StackException(
                    ENVIRONMENT,
                    file + " is damaged (" + e.getOriginalMessage()
                            + "), so Millrace cannot tell which processes are its own; end those that still run from "
                            + file.getParent() + " and delete the file.",
                    e);
        } catch (IOException e) {
            throw new StackException(ENVIRONMENT, file + " cannot be read (" + Home.reason(e) + ").", e);
        }
    }

    void write(StackRecord record) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            // Not a channel: an interrupt, which ends a supervisor's threads, would close it in the middle.
            try (var stream = new FileOutputStream(next.toFile())) {
                stream.write(JSON.writeValueAsBytes(record));
                stream.getFD().sync();
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException(ENVIRONMENT, file + " cannot be written (" + Home.reason(e) + ").", e);
        }
    }
}
