package io.millrace.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.MillraceException;
import io.millrace.server.access.OidcAttempts.Attempt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The OpenID provider: OpenID Connect Core 1.0 with the authorization code flow and PKCE, RFC 7636. It is asked when somebody
 * signs in, not before, so that the server starts without it.
 */
final class OidcProvider {
    private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);

    /** For how long what the provider says of itself is believed. */
    private static final Duration FRESH = Duration.ofHours(1);

    /** A key that is not known is looked for at most so often, however many tokens name one. */
    private static final Duration KEYS_INTERVAL = Duration.ofSeconds(30);

    private static final int LONGEST_REASON = 200;

    private final OidcClient client;
    private final OidcHttp http;
    private final Clock clock;
    private volatile Optional<Metadata> known = Optional.empty();

    OidcProvider(OidcClient client, OidcHttp http, Clock clock) {
        this.client = client;
        this.http = http;
        this.clock = clock;
    }

    OidcClient client() {
        return client;
    }

    /** Where a browser goes that signs in. */
    String address(Attempt attempt) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", client.id());
        query.put("redirect_uri", client.redirect().toString());
        query.put("scope", String.join(" ", client.scopes()));
        query.put("state", attempt.state());
        query.put("nonce", attempt.nonce());
        query.put("code_challenge", challenge(attempt.verifier()));
        query.put("code_challenge_method", "S256");
        URI authorization = metadata().authorization();
        return authorization + (authorization.getRawQuery() == null ? "?" : "&") + form(query);
    }

    /** What the provider says of whom it gave the code to. */
    JWTClaimsSet redeem(String code, Attempt attempt) {
        Metadata metadata = metadata();
        String token = idToken(metadata, code, attempt.verifier());
        try {
            return metadata.tokens().check(token, attempt.nonce());
        } catch (RateLimitReachedException e) {
            throw refused("its key is not known", e);
        } catch (KeySourceException e) {
            throw unavailable(e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
    }

    private String idToken(Metadata metadata, String code, String verifier) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", client.redirect().toString());
        form.put("code_verifier", verifier);
        Optional<String> basic =
                client.secret().filter(secret -> metadata.basic()).map(this::basic);
        if (basic.isEmpty()) {
            form.put("client_id", client.id());
            client.secret().ifPresent(secret -> form.put("client_secret", secret));
        }
        try {
            OidcHttp.Answer answer = http.post(metadata.token(), form(form), basic);
            if (answer.status() == 400 || answer.status() == 401) {
                String error =
                        String.valueOf(JSONObjectUtils.parse(answer.body()).get("error"));
                throw new MillraceException(
                        ErrorCode.NOT_SIGNED_IN, client.name() + " does not take the code: " + shortened(error) + ".");
            }
            if (answer.status() != 200) {
                throw new IOException(metadata.token() + " answers with status " + answer.status());
            }
            String token = JSONObjectUtils.getString(JSONObjectUtils.parse(answer.body()), "id_token");
            if (token == null) {
                throw refused("there is none", null);
            }
            return token;
        } catch (IOException | ParseException e) {
            throw unavailable(e);
        }
    }

    private Metadata metadata() {
        Instant now = clock.instant();
        return known.filter(found -> now.isBefore(found.readAt().plus(FRESH))).orElseGet(() -> {
            try {
                Metadata read = read(now);
                known = Optional.of(read);
                return read;
            } catch (IOException | ParseException e) {
                throw unavailable(e);
            }
        });
    }

    private Metadata read(Instant now) throws IOException, ParseException {
        String issuer = client.issuer().toString();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        Map<String, Object> document =
                JSONObjectUtils.parse(http.get(URI.create(base + "/.well-known/openid-configuration")));
        if (!issuer.equals(document.get("issuer"))) {
            throw new IOException("the discovery document below " + issuer + " is that of another issuer");
        }
        URI keys = endpoint(document, "jwks_uri");
        List<String> methods = JSONObjectUtils.getStringList(document, "token_endpoint_auth_methods_supported");
        return new Metadata(
                now,
                endpoint(document, "authorization_endpoint"),
                endpoint(document, "token_endpoint"),
                methods == null || methods.contains("client_secret_basic"),
                tokens(keys));
    }

    private IdTokens tokens(URI keys) throws MalformedURLException {
        var source = JWKSourceBuilder.<SecurityContext>create(keys.toURL(), http)
                .refreshAheadCache(false)
                .rateLimited(KEYS_INTERVAL.toMillis())
                .build();
        return new IdTokens(client, source, clock);
    }

    private URI endpoint(Map<String, Object> document, String name) throws IOException, ParseException {
        URI endpoint = JSONObjectUtils.getURI(document, name);
        if (endpoint == null || !client.owns(endpoint)) {
            throw new IOException("the discovery document's " + name + ", " + endpoint
                    + ", is not on a host of the issuer; millrace.access.oidc.hosts names further ones");
        }
        return endpoint;
    }

    private String basic(String secret) {
        String pair = encoded(client.id()) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Why is for the log: addresses and hosts are nobody's business who is not signed in. */
    private MillraceException unavailable(Exception cause) {
        LOG.warn("the OpenID provider {} is of no use: {}", client.issuer(), cause.toString());
        return new MillraceException(
                ErrorCode.OIDC_UNAVAILABLE,
                client.name()
                        + " does not answer as an OpenID provider does; the server's log says why. Try again later.",
                cause);
    }

    private MillraceException refused(String reason, @Nullable Exception cause) {
        return new MillraceException(
                ErrorCode.NOT_SIGNED_IN,
                "The id token of " + client.name() + " is refused: " + shortened(reason) + ".",
                cause);
    }

    private static String shortened(String reason) {
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(BearerSecret.hash(verifier));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * What the provider says of itself.
     *
     * @param basic whether it takes the client's secret in a header
     */
    private record Metadata(Instant readAt, URI authorization, URI token, boolean basic, IdTokens tokens) {}
}
