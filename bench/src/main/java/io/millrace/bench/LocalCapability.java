package io.millrace.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.UUID;

/** Makes a capability of the stack's user in its metastore and prints it, for what asks the metastore as Flink does. */
public final class LocalCapability {
    private static final String INSERT = """
            INSERT INTO capability (hash, id, principal_id, expires_at)
            SELECT ?, gen_random_uuid(), id, now() + interval '1 day' FROM principal WHERE name = 'local'
            """;

    private LocalCapability() {}

    /** Arguments: JDBC address, user and password of the metastore. */
    public static void main(String[] args) throws Exception {
        String secret = UUID.randomUUID().toString();
        try (Connection metastore = DriverManager.getConnection(args[0], args[1], args[2]);
                PreparedStatement insert = metastore.prepareStatement(INSERT)) {
            insert.setBytes(1, MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
            insert.executeUpdate();
        }
        System.out.println(secret);
    }
}
