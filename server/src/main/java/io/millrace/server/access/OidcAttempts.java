package io.millrace.server.access;

import org.jdbi.v3.core.Jdbi;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The browsers that were sent to the OpenID provider and did not come back yet, over all servers. */
final class OidcAttempts {
    /** How long a browser may stay there. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final String INSERT = """
            INSERT INTO oidc_attempt (browser, state, nonce, verifier, expires_at)
            VALUES (:browser, :state, :nonce, :verifier, :expires)
            """;

    private static final String TAKE = """
            DELETE FROM oidc_attempt WHERE browser = :browser AND expires_at > :now
            RETURNING state, nonce, verifier
            """;

    private final Jdbi jdbi;

    OidcAttempts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Keeps what the browser with this secret has to come back with. */
    void add(String browser, Attempt attempt, Instant now) {
        jdbi.useHandle(handle -> {
            handle.createUpdate("DELETE FROM oidc_attempt WHERE expires_at <= :now")
                    .bind("now", utc(now))
                    .execute();
            handle.createUpdate(INSERT)
                    .bind("browser", BearerSecret.hash(browser))
                    .bind("state", attempt.state())
                    .bind("nonce", attempt.nonce())
                    .bind("verifier", attempt.verifier())
                    .bind("expires", utc(now.plus(LIFETIME)))
                    .execute();
        });
    }

    /** Answers once for each browser that was added, as long as it may take. */
    Optional<Attempt> take(String browser, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(TAKE)
                .bind("browser", BearerSecret.hash(browser))
                .bind("now", utc(now))
                .map((row, context) ->
                        new Attempt(row.getString("state"), row.getString("nonce"), row.getString("verifier")))
                .findOne());
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /**
     * What one sign-in is known by.
     *
     * @param state the browser brings it back
     * @param nonce the provider writes it into the id token
     * @param verifier of PKCE: whoever redeems the code shows it
     */
    record Attempt(String state, String nonce, String verifier) {
        static Attempt random() {
            return new Attempt(BearerSecret.random(), BearerSecret.random(), BearerSecret.random());
        }

        @Override
        public String toString() {
            return "Attempt[***]";
        }
    }
}
