package io.millrace.server.job;

import org.eclipse.microprofile.config.ConfigProvider;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Savepoints as far as the server reads them, in the folders of the server under test. */
public final class Savepoints {
    private static final int MAGIC = 0x4960672d;

    private Savepoints() {}

    /** A folder of the target: {@code imports}, {@code savepoints} or {@code checkpoints}. */
    public static String root(String folder) {
        return ConfigProvider.getConfig().getValue("millrace.target.local." + folder, String.class);
    }

    /** Writes one and answers with its place. */
    public static String write(String place, int format) {
        try {
            Path folder = Files.createDirectories(Path.of(URI.create(place)));
            try (var out = new DataOutputStream(Files.newOutputStream(folder.resolve("_metadata")))) {
                out.writeInt(MAGIC);
                out.writeInt(format);
                out.writeLong(7);
            }
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
