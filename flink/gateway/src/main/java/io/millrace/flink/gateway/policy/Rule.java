package io.millrace.flink.gateway.policy;

import io.millrace.api.sql.StatementClass;
import org.jspecify.annotations.Nullable;

/**
 * What is decided about one kind of statement.
 *
 * @param kind the statement's name in answers, such as {@code CREATE_TABLE}
 * @param refusal why it is not run, as a sentence for the user; null when it runs
 */
public record Rule(
        String kind, StatementClass type, @Nullable String refusal) {
    static Rule runs(String kind, StatementClass type) {
        return new Rule(kind, type, null);
    }

    static Rule refused(String kind, String reason) {
        return new Rule(kind, StatementClass.REFUSED, reason);
    }
}
