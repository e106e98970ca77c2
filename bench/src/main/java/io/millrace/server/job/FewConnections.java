package io.millrace.server.job;

import org.jdbi.v3.core.ConnectionFactory;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** As many connections as the server's pool has by default, handed out one after the other. */
final class FewConnections implements ConnectionFactory, AutoCloseable {
    private static final int MOST = 16;

    private final BlockingQueue<Connection> free = new ArrayBlockingQueue<>(MOST);

    FewConnections(String url, String user, String password) {
        try {
            for (int i = 0; i < MOST; i++) {
                free.add(DriverManager.getConnection(url, user, password));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("no connection to the metastore", e);
        }
    }

    @Override
    public Connection openConnection() throws SQLException {
        try {
            return free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }

    @Override
    public void closeConnection(Connection connection) {
        free.add(connection);
    }

    @Override
    public void close() {
        for (Connection connection : free) {
            try {
                connection.close();
            } catch (SQLException e) {
                System.err.println("a connection could not be closed: " + e.getMessage());
            }
        }
    }
}
