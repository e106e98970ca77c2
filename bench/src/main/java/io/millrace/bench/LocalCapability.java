package io.millrace.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Makes a capability of a user in a stack's metastore, and prints that of the stack's own, for what asks the metastore as Flink does. */
public final class LocalCapability {
    private static final String INSERT = """
            INSERT INTO capability (hash, id, principal_id, expires_at)
            SELECT ?, gen_random_uuid(), id, now() + interval '1 day' FROM principal WHERE name = ?
            """;

    private LocalCapability() {}

    /** Arguments: JDBC address, user and password of the metastore. */
    public static void main(String[] args) throws SQLException {
        System.out.println(of("local", args[0], args[1], args[2]));
    }

    /** A new capability of a user, for a day. */
    static String of(String principal, String jdbcUrl, String user, String password) throws SQLException {
        String secret = UUID.randomUUID().toString();
        try (Connection metastore = DriverManager.getConnection(jdbcUrl, user, password);
                PreparedStatement insert = metastore.prepareStatement(INSERT)) {
            insert.setBytes(1, MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
            insert.setString(2, principal);
            if (insert.executeUpdate() != 1) {
                throw new IllegalStateException("there is no user " + principal);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return secret;
    }
}
