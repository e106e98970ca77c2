package io.millrace.core.target;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why Flink failed or restarted a job.
 *
 * @param cause the first cause, in one sentence
 * @param exception the whole exception as Flink tells it, at most {@value #LONGEST} characters
 * @param at when Flink noticed; by the cluster's clock
 * @param before when it failed the time before, in the same attempt
 */
public record Failure(FailureKind kind, String cause, String exception, Instant at, Optional<Instant> before) {
    static final int LONGEST = 65_536;
    private static final Pattern MISSING_TABLE =
            Pattern.compile("(?:Line \\d+: )?Table '.*' does not exist\\..*", Pattern.DOTALL);

    public Failure {
        requireNonNull(kind, "kind");
        requireNonNull(cause, "cause");
        requireNonNull(exception, "exception");
        requireNonNull(at, "at");
        requireNonNull(before, "before");
    }

    /** Reads the text of a stack trace. */
    public static Failure of(String exception, Instant at, Optional<Instant> before) {
        ExceptionChain chain = ExceptionChain.parse(exception);
        return new Failure(FailureRules.kind(chain), FailureRules.sentence(chain), cut(exception), at, before);
    }

    /** The first cause of a stack trace, in one sentence. */
    public static String sentence(String exception) {
        return FailureRules.sentence(ExceptionChain.parse(exception));
    }

    /** What the planner says of a script that it refuses. */
    public static Failure refused(String sentence, Instant at) {
        boolean missing = MISSING_TABLE.matcher(sentence).matches();
        FailureKind kind = missing ? FailureKind.MISSING : FailureKind.CONFIGURATION;
        return new Failure(kind, sentence, sentence, at, Optional.empty());
    }

    /** Both ends are kept: the head says where it failed, the tail has the first cause. */
    private static String cut(String text) {
        int half = LONGEST / 2 - 20;
        return text.length() <= LONGEST
                ? text
                : text.substring(0, half) + "\n… (cut here) …\n" + text.substring(text.length() - half);
    }
}
