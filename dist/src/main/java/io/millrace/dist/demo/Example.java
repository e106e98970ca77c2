package io.millrace.dist.demo;

import static io.millrace.cli.ExitCode.ENVIRONMENT;
import static java.util.Objects.requireNonNull;

import io.millrace.api.jobfile.InvalidFilesException;
import io.millrace.api.jobfile.JobFile;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.sql.Script;
import io.millrace.cli.sql.Statement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of {@code examples/traffic}: the demo does what they say and keeps no SQL of the warehouse to itself. */
record Example(Path folder) {
    static final String RAW = "traffic.raw";

    Example {
        requireNonNull(folder, "folder");
    }

    List<String> topics() {
        return List.of(RAW, "traffic.detail", "traffic.quarantine");
    }

    Path sampleLog() {
        return folder.resolve("sample/access.log.gz");
    }

    List<String> tables() {
        return statements("tables.sql");
    }

    List<String> drops() {
        return statements("drop.sql");
    }

    /** The session's settings first, then views, and the query as the last one. */
    List<String> check() {
        return statements("check.sql");
    }

    /** In the order in which data passes through them. */
    List<JobFile> jobs() {
        try (Stream<Path> files = Files.list(folder.resolve("jobs"))) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .map(Example::job)
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder.resolve("jobs"), e);
        }
    }

    private static JobFile job(Path file) {
        try {
            return JobFile.read(file.toString(), content(file));
        } catch (InvalidFilesException e) {
            throw new CommandFailure(ENVIRONMENT, "The example is damaged: " + e.problems());
        }
    }

    private List<String> statements(String name) {
        return Script.split(content(folder.resolve(name))).stream()
                .map(Statement::text)
                .toList();
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static CommandFailure unreadable(Path file, IOException e) {
        return new CommandFailure(
                ENVIRONMENT, "The distribution is not complete: " + file + " cannot be read (" + e.getMessage() + ").");
    }
}
