package io.millrace.dist.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;

/** What a process wrote. The process appends without knowing of rotation: the file is copied aside and emptied. */
public final class LogFile {
    private static final int LONGEST_TAIL = 1 << 20;

    private final Path file;

    public LogFile(Path file) {
        this.file = requireNonNull(file, "file");
    }

    /** The last {@code lines} lines, fewer when there are fewer; of a very long file only the last megabyte is read. */
    public List<String> tail(int lines) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - LONGEST_TAIL);
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                // Until the buffer is full or the file ends.
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            var last = new ArrayDeque<String>();
            text.lines().forEach(line -> {
                last.add(line);
                if (last.size() > lines) {
                    last.remove();
                }
            });
            return List.copyOf(last);
        }
    }

    public long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Copies what came after {@code position} and gives the new position; a file that shrank was rotated. */
    public long copyFrom(long position, OutputStream target) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = channel.size() < position ? 0 : position;
            ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
            for (int read = channel.read(bytes, from); read > 0; read = channel.read(bytes, from)) {
                target.write(bytes.array(), 0, read);
                from += read;
                bytes.clear();
            }
            target.flush();
            return from;
        }
    }

    /** Keeps one old file beside the current one. A line written between copy and cut is lost; that is the price. */
    public void rotateIfLongerThan(long limit) throws IOException {
        if (size() <= limit) {
            return;
        }
        Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }
}
