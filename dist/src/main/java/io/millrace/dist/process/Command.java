package io.millrace.dist.process;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to start. Its environment is what is listed here and nothing else, so that neither secrets nor settings of
 * the caller reach it by accident.
 *
 * @param log what the program writes is appended here
 */
public record Command(List<String> line, Map<String, String> environment, Path folder, Path log) {
    public Command {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
        requireNonNull(folder, "folder");
        requireNonNull(log, "log");
    }

    ProcessBuilder builder() {
        var builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
