package io.millrace.server.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of bundles; nobody else may read it. A file under its own name is whole. */
final class BundleFiles {
    private static final String UNFINISHED = ".part";
    private static final Duration ABANDONED = Duration.ofHours(1);
    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;

    BundleFiles(Path folder) {
        this.folder = folder;
    }

    /** What is written into a file. */
    interface Content {
        void writeTo(OutputStream output) throws IOException;
    }

    /** Answers its size. In the place of an earlier one. */
    long save(BundleKey key, Content content) throws IOException {
        Files.createDirectories(folder, FOLDER);
        Path part = Files.createTempFile(folder, key.file(), UNFINISHED, FILE);
        try {
            try (OutputStream output = Files.newOutputStream(part)) {
                content.writeTo(output);
            }
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            long size = Files.size(part);
            Files.move(part, folder.resolve(key.file()), StandardCopyOption.ATOMIC_MOVE);
            return size;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    Optional<Path> find(BundleKey key) {
        return Optional.of(folder.resolve(key.file())).filter(Files::isRegularFile);
    }

    void delete(BundleKey key) throws IOException {
        Files.deleteIfExists(folder.resolve(key.file()));
    }

    /** Removes what nobody refers to: bundles of deleted jobs, and what a server that died had begun. */
    void sweep(Set<String> known, Instant now) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                boolean old = Files.getLastModifiedTime(file)
                        .toInstant()
                        .plus(ABANDONED)
                        .isBefore(now);
                String name = file.getFileName().toString();
                boolean ours = name.endsWith(UNFINISHED) || name.endsWith(".zip");
                if (old && ours && !known.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
