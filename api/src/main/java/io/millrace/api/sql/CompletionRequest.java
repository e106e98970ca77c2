package io.millrace.api.sql;

/** What to complete: a statement and the cursor's place in it, counted in characters from 0. */
public record CompletionRequest(String sql, int position) {}
