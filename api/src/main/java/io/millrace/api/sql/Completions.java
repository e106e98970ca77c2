package io.millrace.api.sql;

import java.util.List;

/** Words that may stand at the cursor, best first. */
public record Completions(List<Completion> items) {}
