package io.millrace.api.sql;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Some rows of a result.
 *
 * @param nextPageToken asks for the following rows; null after the last row. A page may be empty while the query runs
 * @param statement the statement as it stood when the page was made
 */
public record ResultPage(List<ResultRow> items, @Nullable String nextPageToken, SqlStatementView statement) {}
