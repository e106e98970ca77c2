package io.millrace.server.access;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** What is kept of who did what. */
@ConfigMapping(prefix = "millrace.activity")
public interface ActivityConfig {
    @Setting("How long the activity log keeps what it has: a year and some weeks, so that a yearly review finds all of"
            + " it. At least 30d, within which the metastore refuses every deletion.")
    @WithDefault("400d")
    Duration keep();
}
