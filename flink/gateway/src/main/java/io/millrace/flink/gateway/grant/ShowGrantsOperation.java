package io.millrace.flink.gateway.grant;

import static java.util.Objects.requireNonNull;

import io.millrace.api.sql.GrantQuestion;

/** Lists what was given and denied. */
public record ShowGrantsOperation(GrantQuestion question) implements AccessOperation {
    public ShowGrantsOperation {
        requireNonNull(question, "question");
    }

    @Override
    public String asSummaryString() {
        return "SHOW GRANTS";
    }
}
