package io.millrace.dist.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.dist.e2e.Millrace.Answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The commands of an assembled distribution, loaded from its jars into this JVM; the tests' own classes stay apart. */
final class LoadedCommands {
    /** What works with a server alone, and not with the process that it is in. */
    static final Set<String> KINDS =
            Set.of("access", "catalog", "checkpoint", "job", "lineage", "snapshot", "sql", "workspace");

    private static LoadedCommands loaded;

    private final ClassLoader classes;
    private final Method run;

    private LoadedCommands(Path distribution) throws IOException, ReflectiveOperationException {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(distribution.resolve("lib/launcher"), "*.jar")) {
            for (Path jar : files) {
                jars.add(jar.toUri().toURL());
            }
        }
        // Never closed: commands come until the JVM ends.
        classes = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        run = classes.loadClass("io.millrace.dist.boot.Main")
                .getMethod("run", Map.class, InputStream.class, OutputStream.class, OutputStream.class, String[].class);
    }

    static synchronized LoadedCommands of(Path distribution) throws IOException {
        if (loaded == null) {
            try {
                loaded = new LoadedCommands(distribution);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return loaded;
    }

    Answer run(Map<String, String> environment, Duration limit, String... arguments) throws InterruptedException {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var command = new FutureTask<>(
                () -> (int) run.invoke(null, environment, InputStream.nullInputStream(), out, err, arguments));
        var thread = new Thread(command, "millrace");
        thread.setContextClassLoader(classes);
        thread.setDaemon(true);
        thread.start();
        try {
            int exit = command.get(limit.toSeconds(), TimeUnit.SECONDS);
            return new Answer(exit, out.toString(UTF_8), err.toString(UTF_8));
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "millrace " + Arrays.toString(arguments) + " did not end; it said " + out + err, e);
        } catch (ExecutionException e) {
            throw new AssertionError("millrace " + Arrays.toString(arguments) + " did not answer", e.getCause());
        }
    }
}
