package io.millrace.server.catalog;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that the platform gave a table for its own, below the root of its store. Only what really lies in it is
 * listed and deleted: a symbolic link in it is deleted as a link, and one on the way to it is not followed at all.
 *
 * @param root an URI without a slash at the end
 * @param location below it, two names and a slash in between
 */
record OwnFolder(String root, String location) {
    OwnFolder {
        if (!location.matches("[^/]+/[^/]+") || List.of(location.split("/", -1)).contains("..")) {
            throw new IllegalArgumentException("'" + location + "' is no folder of a table");
        }
    }

    /**
     * A file of the table.
     *
     * @param path below the root
     */
    record Content(String path, long bytes) {}

    /** Sorted; empty if there is no folder. TABLE_INVALID if the way to it leads out of the root. */
    List<Content> list() {
        return attempt("read", () -> isLocal() ? localFiles() : remoteFiles());
    }

    /** Deletes the folder and all that is in it. May be repeated. TABLE_INVALID if the way to it leads out of the root. */
    void delete() {
        attempt("deleted", () -> {
            if (isLocal()) {
                deleteLocal();
            } else {
                try (FileSystem files = remote()) {
                    files.delete(remoteFolder(), true);
                }
            }
            return location;
        });
    }

    private boolean isLocal() {
        return "file".equals(URI.create(root).getScheme());
    }

    private List<Content> localFiles() throws IOException {
        Path folder = local();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Content> contents = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()) {
                long bytes = Files.isSymbolicLink(file) ? 0 : Files.size(file);
                contents.add(new Content(location + "/" + folder.relativize(file), bytes));
            }
        }
        return contents;
    }

    private void deleteLocal() throws IOException {
        Path folder = local();
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** The folder, if no link on the way from the root to it leads elsewhere. Flink takes the root's path as it stands. */
    private Path local() throws IOException {
        Path top = Path.of(URI.create(root).getRawPath());
        Path folder = top.resolve(location);
        if (Files.exists(folder) && !folder.toRealPath().equals(top.toRealPath().resolve(location))) {
            throw new MillraceException(
                    ErrorCode.TABLE_INVALID,
                    "The table's folder '" + location + "' is a symbolic link, or below one; its files are not the"
                            + " platform's to delete. Remove the link first.");
        }
        return folder;
    }

    private List<Content> remoteFiles() throws IOException {
        List<Content> contents = new ArrayList<>();
        org.apache.hadoop.fs.Path folder = remoteFolder();
        try (FileSystem files = remote()) {
            if (!files.exists(folder)) {
                return contents;
            }
            RemoteIterator<LocatedFileStatus> found = files.listFiles(folder, true);
            while (found.hasNext()) {
                LocatedFileStatus file = found.next();
                String below = folder.toUri().relativize(file.getPath().toUri()).getPath();
                contents.add(new Content(location + "/" + below, file.getLen()));
            }
        }
        contents.sort(Comparator.comparing(Content::path));
        return contents;
    }

    private FileSystem remote() throws IOException {
        return FileSystem.newInstance(URI.create(root), new Configuration(false));
    }

    private org.apache.hadoop.fs.Path remoteFolder() {
        return new org.apache.hadoop.fs.Path(root + "/" + location);
    }

    private <T> T attempt(String verb, Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "The files of folder '" + location + "' cannot be " + verb + ": " + e.getMessage()
                            + ". The table is still there as a dropped one; try again.",
                    e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }
}
