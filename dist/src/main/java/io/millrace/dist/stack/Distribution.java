package io.millrace.dist.stack;

import static io.millrace.cli.ExitCode.ENVIRONMENT;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The unpacked distribution that this program belongs to. Never written to. */
public record Distribution(Path folder) {
    private static final String PROPERTY = "millrace.distribution";

    public Distribution {
        requireNonNull(folder, "folder");
    }

    /** {@code bin/millrace} says where it is. */
    public static Distribution ofThisProcess() {
        String folder = System.getProperty(PROPERTY);
        if (folder == null) {
            throw new StackException(ENVIRONMENT, "Start Millrace by bin/millrace, which says where its parts are.");
        }
        return new Distribution(Path.of(folder));
    }

    public Path postgres(String program) {
        return folder.resolve("postgres/bin").resolve(program);
    }

    public Path server() {
        return folder.resolve("lib/server/quarkus-run.jar");
    }

    public List<Path> launcher() {
        return jars("lib/launcher");
    }

    public List<Path> kafka() {
        return jars("kafka/lib");
    }

    public List<Path> flink() {
        return jars("flink/lib");
    }

    /** Flink's class path with the planner's classes in sight instead of hidden behind their loader. */
    public List<Path> gateway() {
        return Stream.concat(flink().stream().filter(jar -> !isPlannerLoader(jar)), jars("flink/gateway-lib").stream())
                .toList();
    }

    private static boolean isPlannerLoader(Path jar) {
        return jar.getFileName().toString().startsWith("flink-table-planner-loader");
    }

    /** Sorted, so that a class path is the same on each machine. */
    private List<Path> jars(String lib) {
        try (Stream<Path> files = Files.list(folder.resolve(lib))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StackException(
                    ENVIRONMENT, "The distribution in " + folder + " is not complete: " + lib + " cannot be read.", e);
        }
    }
}
