package io.millrace.server.access;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How people and programs prove who they are. */
@ConfigMapping(prefix = "millrace.access")
public interface AccessConfig {
    @Setting("File with the token of the user 'local', an administrator, whom the server makes when there is none: for"
            + " a stack of one's own. Without it, the first user is made with the set-up token that the server prints.")
    Optional<Path> localTokenFile();

    @Setting("How long a browser stays signed in.")
    @WithDefault("7d")
    Duration sessionLifetime();

    @Setting("How long the link of `millrace console` lets a browser in.")
    @WithDefault("12h")
    Duration linkLifetime();

    @Setting("How many attempts to sign in as one user may fail within five minutes before further ones wait.")
    @WithDefault("10")
    int failedAttempts();

    Oidc oidc();

    /** How people sign in by an OpenID provider. */
    interface Oidc {
        @Setting("The OpenID provider by which people sign in to the console, exactly as it calls itself, such as"
                + " https://login.example.com/realms/main; without it there is none.")
        Optional<URI> issuer();

        @Setting("What the sign-in page calls the provider; without it, its host.")
        Optional<String> name();

        @Setting("What the provider calls this server.")
        Optional<String> clientId();

        @Setting("File with the secret that the provider gave to this server; without it, a public client.")
        Optional<Path> clientSecretFile();

        @Setting("Where the provider sends browsers back to, exactly as it was told: the console's address followed by"
                + " /sign-in, such as https://millrace.example.com/sign-in.")
        Optional<URI> redirectUri();

        @Setting("What the provider is asked for, separated by commas; openid always is.")
        @WithDefault("openid,profile")
        List<String> scopes();

        @Setting("Hosts besides the issuer's on which the provider's endpoints may be, separated by commas.")
        Optional<List<String>> hosts();

        @Setting("The claim after which a user is named who is made at the first sign-in.")
        @WithDefault("preferred_username")
        String nameClaim();

        @Setting("Whether a user is made for whom the provider signs in and Millrace does not know; otherwise an"
                + " administrator makes and links users.")
        @WithDefault("false")
        boolean createUsers();

        @Setting("The claim that must hold millrace.access.oidc.required-value, such as groups; without it, everybody"
                + " whom the provider signs in may come.")
        Optional<String> requiredClaim();

        @Setting("What that claim must be, or be a list with.")
        Optional<String> requiredValue();
    }
}
