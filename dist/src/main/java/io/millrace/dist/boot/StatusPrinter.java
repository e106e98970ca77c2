package io.millrace.dist.boot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.millrace.cli.ExitCode;
import io.millrace.dist.process.ProcessTable;
import io.millrace.dist.stack.Home;
import io.millrace.dist.stack.StackFile;
import io.millrace.dist.stack.StackStatus;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;

/** Prints what is true of a stack, for people or for programs. */
final class StatusPrinter {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private StatusPrinter() {}

    static StackStatus look(Home home) {
        return StackStatus.of(new StackFile(home.record()).read(), new ProcessTable()::runs);
    }

    static ExitCode print(StackStatus status, Output output, PrintWriter out) {
        switch (output) {
            case json -> out.println(json(status));
            case text -> text(status, out);
        }
        return switch (status.state()) {
            case UP -> ExitCode.OK;
            case STARTING, DEGRADED -> ExitCode.FAILED;
            case DOWN -> ExitCode.NOT_RUNNING;
        };
    }

    private static String json(StackStatus status) {
        try {
            return JSON.writeValueAsString(status);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void text(StackStatus status, PrintWriter out) {
        out.println("Millrace is " + status.state() + (status.ui() == null ? "." : ": " + status.ui()));
        if (status.problem() != null) {
            out.println(status.problem());
        }
        if (status.state() == StackStatus.State.DOWN) {
            return;
        }
        out.printf("%-12s %8s  %-11s %-20s  %s%n", "process", "pid", "state", "since", "restarts");
        for (StackStatus.ProcessStatus process : status.processes()) {
            out.printf(
                    "%-12s %8s  %-11s %-20s  %d%n",
                    process.name(),
                    process.pid() == null ? "-" : process.pid(),
                    process.state(),
                    process.since().truncatedTo(ChronoUnit.SECONDS),
                    process.restarts());
        }
    }
}
