package io.millrace.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.api.jobfile.FrontMatter;
import io.millrace.api.jobfile.InvalidFilesException;
import io.millrace.api.jobfile.JobFile;
import io.millrace.api.jobfile.JobFiles;
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
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads the files and folders that the user named. A folder stands for the job files below it. */
final class JobSources {
    private static final String STDIN = "-";

    private final Surroundings surroundings;
    private final Consumer<String> notes;

    /** {@code notes} is told which files of a folder are passed over. */
    JobSources(Surroundings surroundings, Consumer<String> notes) {
        this.surroundings = surroundings;
        this.notes = notes;
    }

    List<JobFile> read(List<String> names) throws InvalidFilesException {
        List<JobFiles.Source> sources = new ArrayList<>();
        for (String name : names) {
            sources.addAll(sources(name));
        }
        JobFiles read = JobFiles.read(sources);
        read.passedOver().forEach(file -> notes.accept(file + ": passed over, it has no front matter"));
        return read.jobs();
    }

    private List<JobFiles.Source> sources(String name) {
        if (name.equals(STDIN)) {
            return List.of(JobFiles.Source.named("standard input", content(name)));
        }
        Path path = surroundings.directory().resolve(name);
        if (!Files.isDirectory(path)) {
            return List.of(JobFiles.Source.named(name, content(name)));
        }
        List<JobFiles.Source> sources = new ArrayList<>();
        for (Path file : sqlFiles(path)) {
            String shown = Path.of(name).resolve(path.relativize(file)).toString();
            sources.add(JobFiles.Source.inFolder(shown, content(shown)));
        }
        if (sources.stream().noneMatch(source -> FrontMatter.opens(source.content()))) {
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
}
