package io.millrace.dist.assembly;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Unpacks PostgreSQL's archive with its links and modes, which neither Ant nor Maven keep. Called by {@code assemble.xml}. */
public final class UnpackPostgres {
    private static final String MARKER = ".unpacked-from";

    private UnpackPostgres() {}

    /** Arguments: the folder that holds the one archive, and the folder to fill. */
    public static void main(String[] args) throws IOException {
        Path archive = onlyArchive(Path.of(args[0]));
        Path target = Path.of(args[1]);
        String origin = archive.getParent().getFileName() + "/" + archive.getFileName();
        Path marker = target.resolve(MARKER);
        if (Files.exists(marker) && Files.readString(marker).equals(origin)) {
            return;
        }
        delete(target);
        try (var tar = new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(Files.newInputStream(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target);
            }
        }
        Files.writeString(marker, origin);
    }

    private static Path onlyArchive(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> archives =
                    files.filter(file -> file.toString().endsWith(".txz")).toList();
            if (archives.size() != 1) {
                throw new IOException("expected one archive in " + folder + ", found " + archives);
            }
            return archives.get(0);
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("the archive points outside its folder: " + entry.getName());
        }
        // Static libraries and headers are for building against PostgreSQL, which nobody does here.
        if (entry.isDirectory()
                || entry.getName().endsWith(".a")
                || entry.getName().contains("/pkgconfig/")) {
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
