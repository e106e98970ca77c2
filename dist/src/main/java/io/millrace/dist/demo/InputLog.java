package io.millrace.dist.demo;

import static io.millrace.cli.ExitCode.ENVIRONMENT;
import static io.millrace.cli.ExitCode.USAGE;

import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.DisplayText;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The log to be loaded, plain or compressed by gzip. It was read once from end to end: it can be read, its first lines are
 * those of an access log, and no line is longer than Kafka takes.
 *
 * @param lines how many there are; a last one without line feed counts
 */
record InputLog(Path file, long lines) {
    /** A line of this length, each byte of it escaped in the quarantine's JSON, still fits into one Kafka record. */
    static final int LONGEST_LINE = 128 * 1024;

    private static final int FIRST_LINES = 100;
    private static final int SHOWN = 100;
    private static final int GZIP_MAGIC = 0x1f8b;

    /** Enough to tell a log from anything else. Whether a single line is whole, the job decides. */
    private static final Pattern LIKE_A_LOG_LINE = Pattern.compile(
            "^\\S+ .*\\[\\d{1,2}/[A-Za-z]{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d( [+-]\\d{4})?] \".*", Pattern.DOTALL);

    /** What is done with each line, which is as it stands in the file but for its line feed. */
    interface LineHandler {
        void line(byte[] line) throws IOException;
    }

    /** Reads it through, or says in one sentence why it can't be loaded. */
    static InputLog check(Path file) {
        if (Files.isDirectory(file)) {
            throw unfit(file, "is a folder; name one access log in Combined Log Format, plain or as .gz");
        }
        var first = new ArrayList<byte[]>();
        long lines = read(file, line -> {
            if (first.size() < FIRST_LINES && line.length > 0) {
                first.add(line);
            }
        });
        if (lines == 0) {
            throw unfit(file, "is empty; name an access log in Combined Log Format");
        }
        requireLog(file, first);
        return new InputLog(file, lines);
    }

    /** Gives each line to the handler; the number of lines. */
    long forEach(LineHandler handler) {
        return read(file, handler);
    }

    private static long read(Path file, LineHandler handler) {
        try (InputStream in = open(file)) {
            return new LineSplitter(LONGEST_LINE).split(in, handler);
        } catch (LineSplitter.LineTooLongException e) {
            throw unfit(
                    file, "is not an access log: line " + e.line() + " is longer than " + LONGEST_LINE / 1024 + " KB");
        } catch (NoSuchFileException e) {
            throw unfit(file, "does not exist; check the name");
        } catch (AccessDeniedException e) {
            throw new CommandFailure(
                    ENVIRONMENT, "The log " + file + " may not be read by you; change its permissions.");
        } catch (EOFException | ZipException e) {
            throw unfit(file, "is compressed but damaged (" + e.getMessage() + "); get it again");
        } catch (IOException e) {
            throw new CommandFailure(ENVIRONMENT, "The log " + file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private static InputStream open(Path file) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(2);
            int magic = in.read() << 8 | in.read();
            in.reset();
            return magic == GZIP_MAGIC ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static void requireLog(Path file, List<byte[]> first) {
        boolean log = first.stream()
                .anyMatch(line -> LIKE_A_LOG_LINE
                        .matcher(new String(line, StandardCharsets.ISO_8859_1))
                        .matches());
        if (!log) {
            String shown = first.isEmpty() ? "" : new String(first.get(0), StandardCharsets.UTF_8);
            throw unfit(
                    file,
                    "is not an access log: none of its first lines has the Combined Log Format"
                            + " (host ident user [time] \"request\" status bytes \"referrer\" \"agent\"); it begins with: "
                            + DisplayText.fit(
                                    DisplayText.visible(shown.substring(0, Math.min(SHOWN, shown.length()))), SHOWN));
        }
    }

    private static CommandFailure unfit(Path file, String what) {
        return new CommandFailure(USAGE, "The log " + file + " " + what + ".");
    }
}
