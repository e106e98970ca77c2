package io.millrace.flink.gateway.session;

/**
 * A table, view or function that lives as long as its session, as the statement that made it.
 *
 * @param key names it among the session's objects
 * @param sql the statement
 * @param catalog current catalog when the statement ran
 * @param database current database then
 */
public record TemporaryObject(String key, String sql, String catalog, String database) {
    static String tableKey(String fullName) {
        return "table " + fullName;
    }

    static String functionKey(String fullName) {
        return "function " + fullName;
    }
}
