package io.millrace.flink.gateway.grant;

import static java.util.Objects.requireNonNull;

import io.millrace.api.sql.GrantStatement;

/** Takes back what was given or denied. */
public record RevokeOperation(GrantStatement statement) implements AccessOperation {
    public RevokeOperation {
        requireNonNull(statement, "statement");
    }

    @Override
    public String asSummaryString() {
        return "REVOKE";
    }
}
