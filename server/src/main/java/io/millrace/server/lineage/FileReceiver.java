package io.millrace.server.lineage;

import static io.millrace.server.lineage.SqlOutbox.Verdict.DONE;
import static io.millrace.server.lineage.SqlOutbox.Verdict.RETRY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.millrace.server.lineage.SqlOutbox.Verdict;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file with one event a line. */
final class FileReceiver implements Receiver {
    private static final Logger LOG = Logger.getLogger(FileReceiver.class);

    private final Path file;

    FileReceiver(Path file) {
        this.file = file;
    }

    @Override
    public Verdict take(String json) {
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, APPEND)) {
            ByteBuffer line = ByteBuffer.wrap((json + "\n").getBytes(UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
            return DONE;
        } catch (IOException e) {
            LOG.warnf("Events cannot be appended to %s: %s", file, e.toString());
            return RETRY;
        }
    }
}
