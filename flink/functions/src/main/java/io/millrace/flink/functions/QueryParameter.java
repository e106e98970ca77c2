package io.millrace.flink.functions;

import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code QUERY_PARAMETER(query, 'utm_source')}: the first value of a parameter in the query part of an address, decoded.
 *
 * <p>NULL when the parameter is not there; empty when it is there without a value.
 */
public final class QueryParameter extends ScalarFunction {
    private static final long serialVersionUID = 1;

    /** Takes the query without its question mark. */
    public @Nullable String eval(@Nullable String query, @Nullable String name) {
        if (query == null || name == null) {
            return null;
        }
        int start = 0;
        while (start <= query.length()) {
            int end = query.indexOf('&', start);
            String pair = query.substring(start, end < 0 ? query.length() : end);
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (!pair.isEmpty() && PercentDecoding.decode(key).equals(name)) {
                return equals < 0 ? "" : PercentDecoding.decode(pair.substring(equals + 1));
            }
            if (end < 0) {
                return null;
            }
            start = end + 1;
        }
        return null;
    }
}
