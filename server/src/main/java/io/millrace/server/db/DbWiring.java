package io.millrace.server.db;

import io.agroal.api.AgroalDataSource;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

import java.sql.Connection;
import java.sql.SQLException;

/** Puts JDBI on the metastore's connection pool. */
@Singleton
final class DbWiring {
    @Produces
    @Singleton
    Jdbi jdbi(AgroalDataSource source) {
        return Jdbi.create(() -> connection(source));
    }

    private static Connection connection(AgroalDataSource source) {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new MillraceException(
                    ErrorCode.METASTORE_UNAVAILABLE, "The metastore (PostgreSQL) does not answer; try again.", e);
        }
    }
}
