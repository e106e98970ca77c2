package io.millrace.dist.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.ExitCode;
import io.millrace.dist.process.ProcessId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

class StackFileIT {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final StackRecord RECORD = StackRecord.starting(
                    new ProcessId(10, 1), new Ports("127.0.0.1", 8080, 1, 2, 3, 4, 5, 6, 7), List.of("a", "b"), NOON)
            .with("a", entry -> entry.started(new ProcessId(11, 2), NOON))
            .blame(new Failure(ExitCode.PORT, "Port taken.", List.of("a line")));

    @TempDir
    private Path folder;

    private Path path;
    private StackFile file;

    @BeforeEach
    void open() {
        path = folder.resolve("stack.json");
        file = new StackFile(path);
    }

    @Test
    void isEmptyBeforeTheFirstStack() {
        assertThat(file.read()).isEmpty();
    }

    @Test
    void readsWhatItWrote() {
        file.write(RECORD);

        assertThat(file.read()).contains(RECORD);
        assertThat(folder).isDirectoryNotContaining("glob:**.next");
    }

    @Test
    void refusesADamagedRecordInOneSentence() throws Exception {
        file.write(RECORD);
        Files.writeString(path, Files.readString(path).substring(0, 100));

        assertThatThrownBy(file::read)
                .isInstanceOfSatisfying(
                        StackException.class,
                        refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.ENVIRONMENT))
                .hasMessageContaining("stack.json is damaged")
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesARecordThatIsEmpty() throws Exception {
        Files.writeString(path, "");

        assertThatThrownBy(file::read).isInstanceOf(StackException.class).hasMessageContaining("is damaged");
    }

    @Test
    void refusesTheRecordOfAnotherFormat() throws Exception {
        file.write(RECORD);
        Files.writeString(path, Files.readString(path).replace("\"format\" : 1", "\"format\" : 99"));

        assertThatThrownBy(file::read).isInstanceOf(StackException.class).hasMessageContaining("99");
    }
}
