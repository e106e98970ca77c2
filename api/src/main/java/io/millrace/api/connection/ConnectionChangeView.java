package io.millrace.api.connection;

import java.time.Instant;
import java.util.List;

/**
 * An entry of a connection's history.
 *
 * @param what {@code CREATED}, {@code CHANGED} or {@code DELETED}
 * @param fields the names of the fields and secrets that changed
 */
public record ConnectionChangeView(
        long number, long version, String what, String by, Instant at, List<String> fields) {}
