package io.millrace.server.bundle;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What is kept of failed attempts. */
@ConfigMapping(prefix = "millrace.bundle")
public interface BundleConfig {
    @Setting("Folder for bundles of failed attempts, the same for all servers; without it none are saved.")
    Optional<Path> folder();

    @Setting("How long a bundle is kept.")
    @WithDefault("14d")
    Duration keep();

    @Setting("How many bundles of one job are kept, the newest ones.")
    @WithDefault("10")
    int perJob();

    @Setting("How many megabytes all bundles may take together; the oldest make room.")
    @WithDefault("1024")
    int megabytes();
}
