package io.millrace.server.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Json;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.core.target.Archived;
import io.millrace.core.target.Contents;
import io.millrace.core.target.Failure;
import io.millrace.core.target.FlinkJobId;
import io.millrace.core.target.FlinkStatus;
import io.millrace.core.target.Snapshot;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a cluster writes to a file system that this server reads too: snapshots and the archive. */
final class FlinkFiles {
    private static final int MAGIC = 0x4960672d;
    private static final int DEEPEST = 3;

    /** Job, attempt, operation, and what Flink makes there. */
    private static final int DEEPEST_SAVEPOINT = 4;

    private static final String METADATA = "_metadata";

    private final URI checkpoints;
    private final URI savepoints;
    private final List<URI> roots;
    private final Path archive;
    private final FlinkExceptions exceptions;

    FlinkFiles(URI checkpoints, URI savepoints, Optional<URI> imports, URI archive, FlinkExceptions exceptions) {
        this.roots = Stream.concat(Stream.of(checkpoints, savepoints), imports.stream())
                .toList();
        this.exceptions = exceptions;
        this.checkpoints = checkpoints;
        this.savepoints = savepoints;
        this.archive = path(archive.toString());
    }

    static String trimmed(URI folder) {
        return folder.toString().replaceAll("/+$", "");
    }

    private static Path path(String location) {
        URI uri = URI.create(location);
        if (uri.getScheme() == null || !uri.getScheme().equals("file")) {
            throw new IllegalArgumentException("snapshots and archives must be at file: URIs, not at " + location);
        }
        return Path.of(uri.getPath());
    }

    List<Snapshot> checkpoints(FlinkJobId job) {
        return snapshots(trimmed(checkpoints) + "/" + job);
    }

    /** Oldest first. A snapshot is complete when its metadata is: Flink writes that last. */
    List<Snapshot> snapshots(String location) {
        Path root = path(location);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.find(
                root,
                DEEPEST,
                (file, attributes) -> file.getFileName().toString().equals(METADATA))) {
            return found.flatMap(file -> snapshot(location, root, file).stream())
                    .sorted(Comparator.comparingLong(Snapshot::checkpointId))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            // A folder that goes away while it is read, as old checkpoints do, is read again in the next pass.
            return List.of();
        }
    }

    private static Optional<Snapshot> snapshot(String location, Path root, Path metadata) {
        try (var input = new DataInputStream(Files.newInputStream(metadata))) {
            if (input.readInt() != MAGIC) {
                return Optional.empty();
            }
            input.readInt();
            long id = input.readLong();
            String below = root.relativize(metadata.getParent()).toString();
            return Optional.of(new Snapshot(below.isEmpty() ? location : location + "/" + below, id));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What the metadata at exactly this place says, if it is one. */
    OptionalInt format(String location) {
        Path metadata = path(location).resolve(METADATA);
        if (!straight(metadata)) {
            return OptionalInt.empty();
        }
        try (var input = new DataInputStream(Files.newInputStream(metadata))) {
            return input.readInt() == MAGIC ? OptionalInt.of(input.readInt()) : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    /** Whether a file lies below one of the folders without a link on the way. */
    private boolean straight(Path file) {
        for (URI folder : roots) {
            Path root = path(trimmed(folder));
            try {
                if (file.startsWith(root)
                        && Files.isRegularFile(file)
                        && file.toRealPath().equals(root.toRealPath().resolve(root.relativize(file)))) {
                    return true;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return false;
    }

    /** Those in which savepoints are complete, and those of all checkpoints of one job. */
    List<String> folders() {
        List<String> all = new ArrayList<>();
        all.addAll(folders(trimmed(checkpoints), 1, path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)));
        all.addAll(
                folders(trimmed(savepoints), DEEPEST_SAVEPOINT, path -> Files.isRegularFile(path.resolve(METADATA))));
        return all;
    }

    private static List<String> folders(String location, int depth, Predicate<Path> is) {
        Path root = path(location);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(root, depth)) {
            return found.filter(path -> !path.equals(root) && is.test(path))
                    .map(path -> location + "/" + root.relativize(path))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /** What lies below a folder; empty when there is none, or when it changes while it is read. */
    Optional<Contents> contents(String directory) {
        Path root = path(directory);
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        try (Stream<Path> below = Files.walk(root)) {
            long[] sums = new long[2];
            below.filter(Files::isRegularFile).forEach(file -> {
                sums[0]++;
                sums[1] += file.toFile().length();
            });
            return Optional.of(new Contents(sums[0], sums[1]));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** The metadata goes first, so that what is half deleted looks like no snapshot; links are not followed. */
    void delete(String directory) {
        Path root = path(directory).normalize();
        boolean ours = Stream.of(checkpoints, savepoints)
                .map(folder -> path(trimmed(folder)).normalize())
                .anyMatch(folder -> root.startsWith(folder) && !root.equals(folder));
        if (!ours) {
            throw new IllegalArgumentException("no folder of snapshots: " + directory);
        }
        try {
            List<Path> all = below(root);
            for (Path file : all) {
                if (file.endsWith(METADATA)) {
                    Files.deleteIfExists(file);
                }
            }
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new MillraceException(
                    ErrorCode.CLUSTER_UNAVAILABLE, "The files in " + directory + " cannot be deleted: " + e, e);
        }
    }

    /** The deepest first. */
    private static List<Path> below(Path root) throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }

    /** Absent, half-written or about another job is no evidence. */
    Optional<Archived> archived(FlinkJobId job) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> found = Files.isDirectory(archive)
                ? Files.find(
                        archive,
                        5,
                        (file, attributes) -> attributes.isRegularFile()
                                && file.getFileName().toString().equals(job.value()))
                : Stream.empty()) {
            found.forEach(files::add);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
        return files.stream().flatMap(file -> parsed(file, job).stream()).findFirst();
    }

    private Optional<Archived> parsed(Path file, FlinkJobId job) {
        try {
            FlinkStatus status = null;
            Optional<Failure> failure = Optional.empty();
            for (JsonNode entry : Json.lenient().readTree(file.toFile()).path("archive")) {
                String path = entry.path("path").asText();
                if (path.equals("/jobs/" + job)) {
                    JsonNode detail = Json.lenient().readTree(entry.path("json").asText());
                    if (detail.path("jid").asText().equals(job.value())) {
                        status = FlinkStatus.valueOf(detail.path("state").asText());
                    }
                } else if (path.equals("/jobs/" + job + "/exceptions")) {
                    failure = exceptions.newest(
                            Json.lenient().readTree(entry.path("json").asText()));
                }
            }
            return status != null && status.terminal() ? Optional.of(new Archived(status, failure)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
