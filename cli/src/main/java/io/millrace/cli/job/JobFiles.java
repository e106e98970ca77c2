package io.millrace.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.cli.ExitCode;
import io.millrace.cli.console.CommandFailure;
import io.millrace.cli.console.Surroundings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the files and folders that the user named. A folder stands for the job files below it. */
final class JobFiles {
    private static final String STDIN = "-";

    private final Surroundings surroundings;
    private final Consumer<String> notes;

    /** {@code notes} is told which files of a folder are passed over. */
    JobFiles(Surroundings surroundings, Consumer<String> notes) {
        this.surroundings = surroundings;
        this.notes = notes;
    }

    List<JobFile> read(List<String> names) throws InvalidFilesException {
        List<JobFile> jobs = new ArrayList<>();
        List<SourceProblem> problems = new ArrayList<>();
        for (String name : names) {
            for (Source source : sources(name)) {
                try {
                    jobs.add(JobFile.read(source.name, source.content));
                } catch (InvalidFilesException e) {
                    problems.addAll(e.problems());
                }
            }
        }
        problems.addAll(repeatedNames(jobs));
        if (!problems.isEmpty()) {
            throw new InvalidFilesException(problems);
        }
        return jobs;
    }

    private List<Source> sources(String name) {
        if (name.equals(STDIN)) {
            return List.of(new Source("standard input", content(name)));
        }
        Path path = surroundings.directory().resolve(name);
        if (!Files.isDirectory(path)) {
            return List.of(new Source(name, content(name)));
        }
        List<Source> sources = new ArrayList<>();
        for (Path file : sqlFiles(path)) {
            String shown = Path.of(name).resolve(path.relativize(file)).toString();
            Source source = new Source(shown, content(shown));
            if (FrontMatter.opens(source.content)) {
                sources.add(source);
            } else {
                notes.accept(shown + ": passed over, it has no front matter");
            }
        }
        if (sources.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, name + ": there is no job file (*.sql with a front matter) in it.");
        }
        return sources;
    }

    private static List<Path> sqlFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".sql") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.ENVIRONMENT, folder + ": cannot be read: " + e.getMessage());
        }
    }

    private String content(String name) {
        try {
            byte[] bytes = name.equals(STDIN)
                    ? surroundings.in().readAllBytes()
                    : Files.readAllBytes(surroundings.directory().resolve(name));
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.USAGE, name + ": there is no such file.");
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitCode.USAGE, name + ": is not a text in UTF-8.");
        } catch (AccessDeniedException e) {
            throw new CommandFailure(ExitCode.ENVIRONMENT, name + ": you may not read it.");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.ENVIRONMENT, name + ": cannot be read: " + e.getMessage());
        }
    }

    private static List<SourceProblem> repeatedNames(List<JobFile> jobs) {
        List<SourceProblem> problems = new ArrayList<>();
        Map<String, String> files = new HashMap<>();
        for (JobFile job : jobs) {
            String first = files.putIfAbsent(job.name(), job.file());
            FrontMatter.Entry name = job.front().entry("name");
            if (first != null && name != null) {
                String message = "the job '" + job.name() + "' is in " + first + " too";
                problems.add(new SourceProblem(job.file(), name.line(), name.column(), message, null));
            }
        }
        return problems;
    }

    private record Source(String name, String content) {}
}
