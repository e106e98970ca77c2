package io.millrace.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.testkit.TestOidcProvider.Fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The id tokens of {@link TestOidcProvider}, good and bad ones. */
final class TestIdTokens {
    private static final int BITS = 2048;

    private final Clock clock = Clock.systemUTC();
    private volatile RSAKey key = generated(UUID.randomUUID().toString());

    RSAKey key() {
        return key;
    }

    void rotate() {
        key = generated(UUID.randomUUID().toString());
    }

    String sign(Map<String, Object> about, Fault fault) throws JOSEException {
        JWTClaimsSet claims = claims(about, fault);
        RSAKey own = key;
        return switch (fault) {
            case UNSIGNED -> new PlainJWT(claims).serialize();
            case SYMMETRIC ->
                signed(
                        claims,
                        JWSAlgorithm.HS256,
                        own.getKeyID(),
                        new MACSigner(own.toRSAPublicKey().getEncoded()));
            case FORGED ->
                signed(claims, JWSAlgorithm.RS256, own.getKeyID(), new RSASSASigner(generated(own.getKeyID())));
            case UNKNOWN_KEY -> {
                RSAKey unknown = generated(UUID.randomUUID().toString());
                yield signed(claims, JWSAlgorithm.RS256, unknown.getKeyID(), new RSASSASigner(unknown));
            }
            case CHANGED -> changed(signed(claims, JWSAlgorithm.RS256, own.getKeyID(), new RSASSASigner(own)));
            default -> signed(claims, JWSAlgorithm.RS256, own.getKeyID(), new RSASSASigner(own));
        };
    }

    /** The challenge of PKCE for a verifier, by S256. */
    static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64URL.encode(hash).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private JWTClaimsSet claims(Map<String, Object> about, Fault fault) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
        about.forEach(claims::claim);
        switch (fault) {
            case NO_NONCE -> claims.claim("nonce", null);
            case OTHER_NONCE -> claims.claim("nonce", "another one");
            case OTHER_AUDIENCE -> claims.audience("another-client");
            case AUDIENCES_WITHOUT_PARTY ->
                claims.audience(List.of(String.valueOf(about.get("aud")), "another-client"));
            case OTHER_PARTY -> claims.claim("azp", "another-client");
            case OTHER_ISSUER -> claims.issuer("http://127.0.0.1:1");
            case EXPIRED -> claims.expirationTime(Date.from(now.minus(Duration.ofMinutes(1))));
            case NO_EXPIRY -> claims.expirationTime(null);
            case ISSUED_LATER -> claims.issueTime(Date.from(now.plus(Duration.ofMinutes(2))));
            case ISSUED_LONG_AGO -> claims.issueTime(Date.from(now.minus(Duration.ofHours(1))));
            case NO_SUBJECT -> claims.subject(null);
            default -> {}
        }
        return claims.build();
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, String kid, JWSSigner signer)
            throws JOSEException {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(kid).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String changed(String token) {
        String[] parts = token.split("\\.");
        String claims = Base64URL.from(parts[1]).decodeToString().replace("\"sub\":\"", "\"sub\":\"not-");
        return parts[0] + "." + Base64URL.encode(claims) + "." + parts[2];
    }

    private static RSAKey generated(String kid) {
        try {
            return new RSAKeyGenerator(BITS).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
