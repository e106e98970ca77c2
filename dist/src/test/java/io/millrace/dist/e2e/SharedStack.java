package io.millrace.dist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The stack of all tests that only use one. A test class gets it as a {@link Millrace} in its constructor: the first one
 * starts it, and it goes down when the last test has ended. So each class gives names of its own to what it makes. A test
 * that ends processes or changes settings makes a {@link Millrace} for itself.
 */
final class SharedStack implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Millrace.class;
    }

    @Override
    public Millrace resolveParameter(ParameterContext parameter, ExtensionContext test) {
        // Not the root context's store: with several forks, each class has a root context of its own.
        return test.getStore(StoreScope.LAUNCHER_SESSION, Namespace.GLOBAL)
                .getOrComputeIfAbsent(Running.class, type -> new Running(), Running.class)
                .millrace;
    }

    /** JUnit closes it at the end of its session. */
    private static final class Running implements AutoCloseable {
        private final Path folder = folder();
        private final Millrace millrace = new Millrace(folder.resolve("home"));

        Running() {
            succeed("up");
        }

        private static Path folder() {
            try {
                return Files.createTempDirectory("millrace");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void succeed(String command) {
            try {
                Millrace.Answer answer = millrace.run(command);
                assertThat(answer.exit()).as(answer.err()).isZero();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try (var stopping = millrace) {
                succeed("down");
                assertThat(stopping.processes()).isEmpty();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
