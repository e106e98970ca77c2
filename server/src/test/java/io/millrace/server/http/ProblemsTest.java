package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.error.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.SQLException;

class ProblemsTest {
    @ParameterizedTest
    @CsvSource({
        "08006, METASTORE_UNAVAILABLE",
        "57P01, METASTORE_UNAVAILABLE",
        "23505, INTERNAL_ERROR",
        ", INTERNAL_ERROR",
    })
    void tellsALostMetastoreFromAMistakeOfOurs(String state, ErrorCode expected) {
        var failure = new IllegalStateException("while reading", new SQLException("gone", state));

        assertThat(Problems.unexpected(failure).code()).isEqualTo(expected);
    }
}
