package io.millrace.api.catalog;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Other comments of a table. An empty text removes a comment, null leaves it.
 *
 * @param columnComments by the names of columns
 */
public record TablePatch(@Nullable String comment, @Nullable Map<String, String> columnComments) {}
