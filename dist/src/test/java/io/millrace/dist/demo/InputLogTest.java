package io.millrace.dist.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

class InputLogTest {
    private static final String LINE = "h - - [01/Jan/2024:00:00:00 +0000] \"GET /\u00e4 HTTP/1.1\" 200 1 \"-\" \"-\"";

    @TempDir
    private Path folder;

    @Test
    void givesEachLineAsItStandsInTheFile() throws IOException {
        byte[] content = (LINE + "\r\n\n\0garbage\n" + LINE).getBytes(ISO_8859_1);

        assertThat(lines(file("access.log", content))).containsExactly(LINE + "\r", "", "\0garbage", LINE);
    }

    @Test
    void readsACompressedFileWhateverItsName() throws IOException {
        assertThat(lines(file("access.log", gzip((LINE + "\n" + LINE + "\n").getBytes(ISO_8859_1)))))
                .containsExactly(LINE, LINE);
    }

    @Test
    void findsLinesAcrossTheEndsOfItsBuffer() throws IOException {
        String text = (LINE + "\n").repeat(5_000);

        assertThat(lines(file("access.log", text.getBytes(ISO_8859_1))))
                .hasSize(5_000)
                .containsOnly(LINE);
    }

    @Test
    void takesALogWhoseFirstLinesAreDamaged() throws IOException {
        assertThat(lines(file("access.log", ("junk\n\n" + LINE + "\n").getBytes(ISO_8859_1))))
                .hasSize(3);
    }

    @Test
    void refusesWhatIsNoLogAndShowsHowItBegins() throws IOException {
        Path file = file("notes.txt", "\nDear \u001b[31mdiary,\n\nno requests today.\n".getBytes(ISO_8859_1));

        refuses(file, ExitCode.USAGE, "is not an access log", "Combined Log Format", "it begins with: Dear ");
        assertThatThrownBy(() -> InputLog.check(file)).hasMessageNotContaining("\u001b");
    }

    @Test
    void refusesABinaryFile() throws IOException {
        byte[] binary = new byte[1 << 20];
        Arrays.fill(binary, (byte) 0x80);

        refuses(file("image.png", binary), ExitCode.USAGE, "is not an access log: line 1 is longer than 128 KB");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        refuses(file("empty.log", new byte[0]), ExitCode.USAGE, "is empty");
        refuses(file("empty.log.gz", gzip(new byte[0])), ExitCode.USAGE, "is empty");
    }

    @Test
    void refusesAFileOfEmptyLines() throws IOException {
        refuses(file("blank.log", new byte[] {'\n', '\n'}), ExitCode.USAGE, "is not an access log");
    }

    @Test
    void refusesWhatIsNotThere() {
        refuses(folder.resolve("missing.log"), ExitCode.USAGE, "does not exist");
        refuses(folder, ExitCode.USAGE, "is a folder");
    }

    @Test
    void refusesADamagedArchive() throws IOException {
        byte[] whole = gzip((LINE + "\n").repeat(1_000).getBytes(ISO_8859_1));
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 0x55;

        refuses(file("cut.gz", Arrays.copyOf(whole, whole.length / 2)), ExitCode.USAGE, "compressed but damaged");
        refuses(file("flipped.gz", flipped), ExitCode.USAGE, "compressed but damaged");
    }

    private void refuses(Path file, ExitCode exitCode, String... words) {
        assertThatThrownBy(() -> InputLog.check(file))
                .isInstanceOfSatisfying(
                        CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(words);
    }

    private static List<String> lines(Path file) {
        List<String> lines = new ArrayList<>();
        InputLog log = InputLog.check(file);

        assertThat(log.forEach(line -> lines.add(new String(line, ISO_8859_1)))).isEqualTo(log.lines());

        return lines;
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
