package io.millrace.flink.gateway.grant;

import static java.util.Objects.requireNonNull;

import io.millrace.api.sql.GrantStatement;

/** Gives privileges. */
public record GrantOperation(GrantStatement statement) implements AccessOperation {
    public GrantOperation {
        requireNonNull(statement, "statement");
    }

    @Override
    public String asSummaryString() {
        return "GRANT";
    }
}
