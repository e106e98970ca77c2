package io.millrace.cli.console;

import io.millrace.api.text.Durations;
import io.millrace.cli.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;

/** {@code --wait} and {@code --wait=SECONDS}. The value must be attached: a word behind it is the next argument. */
public final class WaitOption {
    private static final String DEFAULT_SECONDS = "120";

    @Option(
            names = "--wait",
            arity = "0..1",
            paramLabel = "SECONDS",
            fallbackValue = DEFAULT_SECONDS,
            preprocessor = OnlyAttached.class,
            description = "Wait for the outcome, at most so many seconds (default " + DEFAULT_SECONDS
                    + ") or a duration such as 5min. Exit code 6: the job failed; 7: it took too long.")
    private @Nullable String limit;

    /** The longest time to wait; empty when the command shall not wait. */
    public Optional<Duration> limit() {
        if (limit == null) {
            return Optional.empty();
        }
        String seconds = limit.matches("\\d{1,9}") ? limit + " s" : limit;
        Optional<Duration> parsed = Durations.parse(seconds);
        if (parsed.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--wait: '" + limit + "' is not a time. Write seconds, or a duration such as 90s or 5min.");
        }
        return parsed;
    }

    /** Without it, {@code --wait orders} would take the job's name for the time. */
    static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if ("=".equals(info.get("separator"))) {
                return false;
            }
            option.setValue(DEFAULT_SECONDS);
            return true;
        }
    }
}
