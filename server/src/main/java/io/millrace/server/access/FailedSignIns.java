package io.millrace.server.access;

import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import org.jdbi.v3.core.Jdbi;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Slows down whoever tries passwords: counted by user, over all servers. */
final class FailedSignIns {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int LONGEST_NAME = 200;

    private final Jdbi jdbi;
    private final int limit;

    FailedSignIns(Jdbi jdbi, int limit) {
        this.jdbi = jdbi;
        this.limit = limit;
    }

    /** Fails while too many attempts to sign in as this user have failed. */
    void check(String name, Instant now) {
        int failed = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM failed_sign_in WHERE subject = :name AND at > :since")
                .bind("name", subject(name))
                .bind("since", utc(now.minus(WINDOW)))
                .mapTo(Integer.class)
                .one());
        if (failed >= limit) {
            throw new MillraceException(
                    ErrorCode.SIGN_IN_LIMITED,
                    failed + " attempts to sign in as this user failed within " + WINDOW.toMinutes()
                            + " minutes; wait, or use a token.");
        }
    }

    void add(String name, Instant now) {
        jdbi.useHandle(handle -> {
            handle.createUpdate("DELETE FROM failed_sign_in WHERE at <= :since")
                    .bind("since", utc(now.minus(WINDOW)))
                    .execute();
            handle.createUpdate("INSERT INTO failed_sign_in (subject, at) VALUES (:name, :at)")
                    .bind("name", subject(name))
                    .bind("at", utc(now))
                    .execute();
        });
    }

    private static String subject(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
