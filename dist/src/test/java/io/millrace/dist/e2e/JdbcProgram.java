package io.millrace.dist.e2e;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs statements, its arguments after the address, with any JDBC driver. A process of its own: Flink's driver reads the
 * headers that it sends from the environment. Prints a line per row, the values as Java sees them, or the failure.
 */
final class JdbcProgram {
    private JdbcProgram() {}

    @SuppressWarnings("SystemOut") // it is a program
    public static void main(String[] arguments) {
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            for (int i = 1; i < arguments.length; i++) {
                if (arguments[i].equals("METADATA")) {
                    metadata(connection.getMetaData());
                } else {
                    run(connection, arguments[i]);
                }
            }
        } catch (SQLException | RuntimeException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            System.out.println("FAILED " + root.getMessage());
        }
    }

    private static void metadata(DatabaseMetaData metadata) throws SQLException {
        print(metadata.getCatalogs());
        print(metadata.getSchemas());
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                print(statement.getResultSet());
            } else {
                System.out.println("OK");
            }
        }
    }

    private static void print(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                Object value = rows.getObject(i);
                values.add(value == null ? "null" : value.getClass().getSimpleName() + ":" + value);
            }
            System.out.println(String.join(" ", values));
        }
    }
}
