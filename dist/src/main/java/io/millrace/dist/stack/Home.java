package io.millrace.dist.stack;

import static io.millrace.cli.ExitCode.ENVIRONMENT;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** The one folder below which a stack keeps everything: {@code $MILLRACE_HOME}. */
public record Home(Path folder) {
    private static final long NEEDED_BYTES = 512L << 20;

    public Home {
        requireNonNull(folder, "folder");
        folder = folder.toAbsolutePath().normalize();
    }

    public Path record() {
        return folder.resolve("stack.json");
    }

    public Path lock() {
        return folder.resolve("stack.lock");
    }

    public Path secrets() {
        return folder.resolve("secrets");
    }

    /** Written anew at each start. */
    public Path conf(String process) {
        return folder.resolve("conf").resolve(process);
    }

    public Path data(String name) {
        return folder.resolve("data").resolve(name);
    }

    /** As Flink and the server write it: without a slash at the end, whether the folder exists or not. */
    public String dataUri(String name) {
        return "file://" + data(name).toUri().getRawPath().replaceAll("/$", "");
    }

    /** Emptied at each start. */
    public Path tmp() {
        return folder.resolve("tmp");
    }

    public Path log(String process) {
        return folder.resolve("logs").resolve(process + ".log");
    }

    /** Makes the folders; only their owner may look in. */
    public void create() {
        // Flink and the server would not write such a folder's address in the same way.
        if (!folder.toUri().getRawPath().replaceAll("/$", "").equals(folder.toString())) {
            throw new StackException(
                    ENVIRONMENT,
                    "The path " + folder + " holds a space or another character that an address must escape; set"
                            + " MILLRACE_HOME to a folder without.");
        }
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            for (String child : new String[] {"secrets", "conf", "data", "logs", "tmp"}) {
                Files.createDirectories(folder.resolve(child));
            }
            Files.delete(Files.createTempFile(folder, ".writable", ""));
        } catch (IOException e) {
            throw new StackException(
                    ENVIRONMENT,
                    "Millrace cannot write to " + folder + " (" + reason(e)
                            + "); make it writable or set MILLRACE_HOME to another folder.",
                    e);
        }
    }

    /** Refuses a disk that a stack would fill while it starts. */
    public void checkSpace() {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < NEEDED_BYTES) {
                throw new StackException(
                        ENVIRONMENT,
                        "The disk of " + folder + " has " + (free >> 20) + " MB left and Millrace needs "
                                + (NEEDED_BYTES >> 20) + "; free some or set MILLRACE_HOME to another disk.");
            }
        } catch (IOException e) {
            throw new StackException(ENVIRONMENT, "The disk of " + folder + " cannot be asked for its space.", e);
        }
    }

    /** What processes that were killed left in their temporary folder. */
    public void emptyTmp() {
        try (Stream<Path> files = Files.walk(tmp())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(tmp())) {
                    Files.delete(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StackException(ENVIRONMENT, tmp() + " cannot be emptied (" + e.getMessage() + ").", e);
        }
    }

    static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
