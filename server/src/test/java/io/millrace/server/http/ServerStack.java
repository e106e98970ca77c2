package io.millrace.server.http;

import io.millrace.testkit.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** Gives a {@code @QuarkusTest} an empty metastore on a real PostgreSQL, free ports and tokens of its own. */
public final class ServerStack implements QuarkusTestResourceLifecycleManager {
    /** The token of the internal API in tests. */
    public static final String INTERNAL_TOKEN = "internal-token-of-the-tests";

    /** The token of the user 'local', an administrator. */
    public static final String LOCAL_TOKEN = "token-of-the-local-user-in-the-tests";

    /** The token of the gateway in tests. */
    public static final String GATEWAY_TOKEN = "gateway-token-of-the-tests";

    /** The bytes of the master key in tests. */
    public static final String SECRET_KEY = "mYJ0Zpsk4zlRkFJ6z2cVYvJzq9o2n1Uu0c3yqgk1x7Q=";

    @Override
    public Map<String, String> start() {
        TestPostgres.Database metastore = TestPostgres.createDatabase();
        TestPostgres.Database data = TestPostgres.createDatabase();
        Path folder = folder();
        String root = folder.toUri().toString();
        Map<String, String> settings = new HashMap<>(Map.of(
                "quarkus.datasource.jdbc.url", metastore.jdbcUrl(),
                "quarkus.datasource.username", metastore.username(),
                "quarkus.datasource.password", metastore.password(),
                "millrace.internal.token-file", secret(folder, "internal.token", INTERNAL_TOKEN),
                "millrace.gateway.token-file", secret(folder, "gateway.token", GATEWAY_TOKEN),
                "millrace.gateway.url", "http://127.0.0.1:1",
                "millrace.target.local.rest-url", "http://127.0.0.1:1"));
        settings.put("millrace.access.local-token-file", secret(folder, "local.token", LOCAL_TOKEN));
        settings.put("millrace.bundle.folder", folder.resolve("bundles").toString());
        settings.put("millrace.secret.key-file", secret(folder, "master.keys", "test:" + SECRET_KEY));
        settings.putAll(Map.of(
                "millrace.target.local.checkpoints", root + "checkpoints",
                "millrace.target.local.savepoints", root + "savepoints",
                "millrace.target.local.imports", root + "imports",
                "millrace.target.local.archive", root + "archive",
                "millrace.catalog.kafka.bootstrap-servers", "127.0.0.1:9092",
                "millrace.catalog.warehouse.root", root + "warehouse"));
        settings.putAll(Map.of(
                "millrace.catalog.postgres.host", "127.0.0.1",
                "millrace.catalog.postgres.port", String.valueOf(data.port()),
                "millrace.catalog.postgres.database", data.name(),
                "millrace.catalog.postgres.username", data.username(),
                "millrace.catalog.postgres.password-file", secret(folder, "data.password", data.password())));
        return settings;
    }

    @Override
    public void stop() {
        // PostgreSQL goes with the JVM; other test classes may still use it.
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("millrace-server-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String secret(Path folder, String name, String value) {
        try {
            Path file = Files.writeString(folder.resolve(name), value);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
