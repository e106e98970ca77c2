package io.millrace.server.connection;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server's own classes, for a process that is started beside it. */
record ServerClasspath(String text) {
    /**
     * An assembled server ({@code quarkus-run.jar}) keeps its jars below {@code app}, {@code lib/main} and
     * {@code lib/boot}, which its own class loader reads; elsewhere, in tests, it is the class path as it stands.
     */
    static ServerClasspath find() {
        Path self = location();
        Path folder = self.getParent();
        Path root = folder == null ? null : folder.getParent();
        if (root != null && Files.isDirectory(root.resolve("lib").resolve("main"))) {
            return new ServerClasspath(Stream.of(List.of("app"), List.of("lib", "main"), List.of("lib", "boot"))
                    .map(steps -> root.resolve(String.join(File.separator, steps)) + File.separator + "*")
                    .collect(Collectors.joining(File.pathSeparator)));
        }
        return new ServerClasspath(System.getProperty("java.class.path"));
    }

    private static Path location() {
        URL location =
                ServerClasspath.class.getProtectionDomain().getCodeSource().getLocation();
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the server lies at no path: " + location, e);
        }
    }
}
