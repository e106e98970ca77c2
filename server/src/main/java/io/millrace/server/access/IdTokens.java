package io.millrace.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import org.jspecify.annotations.Nullable;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/**
 * Checks id tokens as OpenID Connect Core 1.0, section 3.1.3.7, demands, with less freedom: signed by a key of the provider
 * with an asymmetric algorithm, issued for this client and for the sign-in at hand.
 */
final class IdTokens {
    /** By how much the provider's clock may differ. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcClient client;
    private final JWSVerificationKeySelector<SecurityContext> keys;
    private final Clock clock;

    IdTokens(OidcClient client, JWKSource<SecurityContext> keys, Clock clock) {
        this.client = client;
        this.keys = new JWSVerificationKeySelector<>(ALGORITHMS, keys);
        this.clock = clock;
    }

    /** What a token says that passes every check. */
    JWTClaimsSet check(String token, String nonce) throws ParseException, JOSEException, BadJOSEException {
        // Refuses tokens without a signature and encrypted ones by itself, and every header that it does not
        // understand.
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(keys);
        processor.setJWTClaimsSetVerifier(new Claims(nonce));
        return processor.process(token, null);
    }

    private final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final String nonce;

        Claims(String nonce) {
            super(
                    client.id(),
                    new JWTClaimsSet.Builder()
                            .issuer(client.issuer().toString())
                            .build(),
                    Set.of("sub", "iat", "exp"));
            setMaxClockSkew(Math.toIntExact(SKEW.toSeconds()));
            this.nonce = nonce;
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }

        @Override
        public void verify(JWTClaimsSet claims, @Nullable SecurityContext context) throws BadJWTException {
            super.verify(claims, context);
            if (!nonce.equals(claims.getClaim("nonce"))) {
                throw new BadJWTException("JWT was issued to another sign-in (nonce)");
            }
            Object party = claims.getClaim("azp");
            boolean others = claims.getAudience().size() > 1;
            if (party == null ? others : !client.id().equals(party)) {
                throw new BadJWTException("JWT was issued to another client (azp)");
            }
            Instant issued = claims.getIssueTime().toInstant();
            Instant now = clock.instant();
            Instant begun = now.minus(OidcAttempts.LIFETIME);
            if (issued.isAfter(now.plus(SKEW)) || issued.isBefore(begun.minus(SKEW))) {
                throw new BadJWTException("JWT was not issued just now (iat)");
            }
        }
    }
}
