package io.millrace.dist.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

class LogFileIT {
    @TempDir
    private Path folder;

    private Path file;
    private LogFile log;

    @BeforeEach
    void open() {
        file = folder.resolve("a.log");
        log = new LogFile(file);
    }

    @Test
    void givesTheLastLines() throws Exception {
        Files.writeString(file, "one\ntwo\nthree\n");

        assertThat(log.tail(2)).containsExactly("two", "three");
    }

    @Test
    void isEmptyBeforeAnythingWasWritten() throws Exception {
        assertThat(log.tail(2)).isEmpty();
    }

    @Test
    void followsWhatIsAppended() throws Exception {
        Files.writeString(file, "old\n");
        long position = log.size();
        append("new\n");
        var seen = new ByteArrayOutputStream();

        long next = log.copyFrom(position, seen);

        assertThat(seen.toString(StandardCharsets.UTF_8)).isEqualTo("new\n");
        assertThat(next).isEqualTo(log.size());
    }

    @Test
    void isKeptShortWhileItsWriterGoesOnAppending() throws Exception {
        try (var writer = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writer.write("long enough\n".getBytes(StandardCharsets.UTF_8));
            long position = log.size();

            log.rotateIfLongerThan(5);
            writer.write("next\n".getBytes(StandardCharsets.UTF_8));

            var seen = new ByteArrayOutputStream();
            log.copyFrom(position, seen);
            assertThat(seen.toString(StandardCharsets.UTF_8)).isEqualTo("next\n");
            assertThat(folder.resolve("a.log.1")).hasContent("long enough\n");
        }
    }

    private void append(String text) throws Exception {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
