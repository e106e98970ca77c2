package io.millrace.flink.gateway.grant;

import static java.util.Objects.requireNonNull;

import io.millrace.api.sql.GrantStatement;

/** Denies privileges. */
public record DenyOperation(GrantStatement statement) implements AccessOperation {
    public DenyOperation {
        requireNonNull(statement, "statement");
    }

    @Override
    public String asSummaryString() {
        return "DENY";
    }
}
