package io.millrace.dist.stack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** What the supervisor did and why, one line each. Written to the last moment, when Java's own logging has ended. */
public final class Journal {
    private final Path file;
    private final Clock clock;

    public Journal(Path file, Clock clock) {
        this.file = requireNonNull(file, "file");
        this.clock = requireNonNull(clock, "clock");
    }

    public void say(String sentence) {
        append(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + sentence + "\n");
    }

    void say(String sentence, Throwable why) {
        var trace = new StringWriter();
        why.printStackTrace(new PrintWriter(trace));
        say(sentence + "\n" + trace.toString().stripTrailing());
    }

    private synchronized void append(String text) {
        // An interrupt ends a supervisor's thread and would end the writing, too: it is put back afterwards.
        boolean interrupted = Thread.interrupted();
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // A full disk must not stop the supervisor from looking after its processes.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
