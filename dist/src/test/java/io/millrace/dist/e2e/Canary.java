package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** A secret that is nowhere else, and how to find it. */
final class Canary {
    private static final long LARGEST = 1 << 29;

    final String text = "canary" + UUID.randomUUID().toString().replace("-", "");

    /** The files with it that were written since then, as deep as that; what goes away meanwhile is left out. */
    List<Path> filesWithIt(Path folder, int depth, FileTime since) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, Set.of(), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                boolean looked = is.isRegularFile()
                        && is.size() < LARGEST
                        && is.lastModifiedTime().compareTo(since) > 0;
                if (looked && isIn(text(file))) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    static String text(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** As it is, or as bytes are often written. */
    boolean isIn(String answer) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return answer.contains(text)
                || answer.contains(HexFormat.of().formatHex(bytes))
                || IntStream.range(0, 3).anyMatch(before -> answer.contains(base64(bytes, before)));
    }

    /** Those characters that say nothing of the {@code before} bytes before it, as in {@code user:secret}, or after it. */
    private static String base64(byte[] bytes, int before) {
        byte[] all = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, all, before, bytes.length);
        return Base64.getEncoder().encodeToString(all).substring((before * 8 + 5) / 6, all.length * 8 / 6);
    }
}
