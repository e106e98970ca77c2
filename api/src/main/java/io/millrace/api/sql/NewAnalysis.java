package io.millrace.api.sql;

import org.jspecify.annotations.Nullable;

/**
 * A script to be analysed without running it.
 *
 * @param script any number of statements
 * @param session the session whose temporary objects and settings it sees; null for a fresh one
 * @param catalog current catalog of a fresh session
 * @param database current database of a fresh session
 */
public record NewAnalysis(
        String script,
        @Nullable String session,
        @Nullable String catalog,
        @Nullable String database) {}
