package io.millrace.server.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this server is to its OpenID provider.
 *
 * @param issuer the provider, exactly as it calls itself
 * @param name what people call it
 * @param secret empty for a public client
 * @param redirect where it sends browsers back to
 * @param hosts on which its endpoints may be, in lower case
 */
record OidcClient(
        URI issuer,
        String name,
        String id,
        Optional<String> secret,
        URI redirect,
        Set<String> scopes,
        Set<String> hosts) {
    /** The page of the console that takes the browser's answer. */
    static final String PAGE = "/sign-in";

    private static final String PREFIX = "millrace.access.oidc.";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Empty without an issuer; fails for settings that cannot work. */
    static Optional<OidcClient> of(AccessConfig.Oidc config) {
        return config.issuer().map(issuer -> {
            if (config.requiredClaim().isPresent() != config.requiredValue().isPresent()) {
                throw new IllegalStateException(PREFIX + "required-claim and " + PREFIX + "required-value go together");
            }
            Set<String> scopes = new LinkedHashSet<>(List.of("openid"));
            scopes.addAll(config.scopes());
            Set<String> hosts = Stream.concat(
                            Stream.of(checked(issuer, "issuer").getHost()),
                            config.hosts().stream().flatMap(List::stream))
                    .map(host -> host.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
            return new OidcClient(
                    issuer,
                    config.name().orElse(issuer.getHost()),
                    config.clientId().orElseThrow(() -> missing("client-id")),
                    config.clientSecretFile().map(OidcClient::read),
                    redirect(config.redirectUri().orElseThrow(() -> missing("redirect-uri"))),
                    scopes,
                    hosts);
        });
    }

    /** Whether it belongs to the provider, and nobody between reads what is sent there. */
    boolean owns(URI endpoint) {
        return issuer.getScheme().equalsIgnoreCase(endpoint.getScheme())
                && endpoint.getHost() != null
                && hosts.contains(endpoint.getHost().toLowerCase(Locale.ROOT))
                && endpoint.getUserInfo() == null;
    }

    private static URI redirect(URI uri) {
        if (!PAGE.equals(checked(uri, "redirect-uri").getPath())) {
            throw new IllegalStateException(
                    PREFIX + "redirect-uri ends in " + PAGE + " after the console's host and port, not as " + uri);
        }
        return uri;
    }

    private static URI checked(URI uri, String setting) {
        boolean plain = uri.getHost() != null
                && uri.getUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        boolean safe = "https".equals(uri.getScheme())
                || ("http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost())));
        if (!plain || !safe) {
            throw new IllegalStateException(PREFIX + setting
                    + " is an address such as https://host/path, without query and fragment, and http://"
                    + " on this machine only; not " + uri);
        }
        return uri;
    }

    private static String read(Path file) {
        try {
            String secret = Files.readString(file).strip();
            if (secret.isEmpty()) {
                throw new IllegalStateException(PREFIX + "client-secret-file: " + file + " is empty");
            }
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException(PREFIX + "client-secret-file cannot be read: " + file, e);
        }
    }

    private static IllegalStateException missing(String setting) {
        return new IllegalStateException(PREFIX + "issuer is set; then " + PREFIX + setting + " has to be, too");
    }

    @Override
    public String toString() {
        return "OidcClient[" + issuer + ", " + id + "]";
    }
}
