package io.millrace.flink.gateway.problem;

import java.util.Optional;

/** Guesses what the user meant. */
@FunctionalInterface
public interface Hints {
    /** No guess at all. */
    Hints NONE = (sentence, sql) -> Optional.empty();

    /** What to write instead, such as {@code Did you mean 'amount'?}, given the error and the statement. */
    Optional<String> hint(String sentence, String sql);
}
