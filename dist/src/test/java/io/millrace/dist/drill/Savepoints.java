package io.millrace.dist.drill;

import io.millrace.api.job.JobEventView;
import io.millrace.api.job.JobView;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Opens what was reported as a savepoint: a path in a list is worth nothing when there is no snapshot behind it. */
final class Savepoints {
    private static final Pattern PATH = Pattern.compile("file:\\S*[^\\s.]");
    private static final int MAGIC = 0x4960672d;

    private Savepoints() {}

    /** Those of a job's history, and where its next start would go on. */
    static List<String> reported(JobView job, List<JobEventView> history) {
        Stream<String> told = history.stream()
                .filter(event -> event.kind().equals("SAVEPOINT_COMPLETED"))
                .map(event -> PATH.matcher(event.reason()))
                .filter(Matcher::find)
                .map(Matcher::group);
        return Stream.concat(told, Stream.ofNullable(job.restorePath()))
                .distinct()
                .toList();
    }

    /** Those of which no complete metadata can be read, each with the reason. */
    static List<String> unreadable(List<String> paths) {
        return paths.stream().flatMap(path -> flaw(path).stream()).toList();
    }

    private static Optional<String> flaw(String path) {
        Path metadata = Path.of(URI.create(path)).resolve("_metadata");
        try (var input = new DataInputStream(Files.newInputStream(metadata))) {
            boolean whole = input.readInt() == MAGIC && input.readInt() > 0 && input.readLong() > 0;
            return whole ? Optional.empty() : Optional.of(path + " is no snapshot");
        } catch (IOException e) {
            return Optional.of(path + " cannot be opened: " + e);
        }
    }
}
