package io.millrace.server.access;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;
import java.time.Duration;
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
}
