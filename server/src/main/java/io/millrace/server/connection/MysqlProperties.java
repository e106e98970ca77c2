package io.millrace.server.connection;

import static java.util.Map.entry;

import io.millrace.core.connection.ConnectionFields;

import java.util.Map;
import java.util.TreeMap;

/**
 * The options of MariaDB's driver, which speaks to MySQL too, for a connection of kind {@code mysql}. What the driver does
 * is fixed here: it sends no files, runs one statement at a time, follows no server to another one, and says the password
 * to none that wants it in clear text. User and password go another way.
 */
public final class MysqlProperties {
    private static final Map<String, String> ALWAYS = Map.ofEntries(
            entry("allowLocalInfile", "false"),
            entry("allowMultiQueries", "false"),
            entry("permitRedirect", "false"),
            entry("allowPublicKeyRetrieval", "false"),
            entry("restrictedAuth", "mysql_native_password,client_ed25519,caching_sha2_password,parsec"),
            entry("dumpQueriesOnException", "false"),
            entry("connectTimeout", "5000"),
            entry("tcpKeepAlive", "true"),
            // How values arrive in Java; the catalog's types rest on it.
            entry("tinyInt1isBit", "true"),
            entry("transformedBitIsBoolean", "true"),
            entry("yearIsDateType", "false"),
            entry("uuidAsString", "true"));

    private static final Map<String, String> TLS =
            Map.of("disable", "disable", "require", "trust", "verify", "verify-full");

    private MysqlProperties() {}

    /** Sorted by name; may be changed. */
    public static Map<String, String> of(ConnectionFields fields) {
        Map<String, String> all = new TreeMap<>(ALWAYS);
        all.put("sslMode", TLS.get(fields.text("tls")));
        // The driver tells a text from a file's name by how it begins.
        fields.optionalText("caCertificate").ifPresent(pem -> all.put("serverSslCert", pem.strip()));
        return all;
    }

    /** Host and port, as they stand in an address. */
    public static String address(ConnectionFields fields) {
        String host = fields.text("host");
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + fields.number("port");
    }
}
