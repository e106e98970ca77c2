package io.millrace.api.sql;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** A SQL session to be opened; null means the server's default. */
public record NewSqlSession(
        @Nullable String catalog,
        @Nullable String database,
        @Nullable Map<String, String> settings) {}
