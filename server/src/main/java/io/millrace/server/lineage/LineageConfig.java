package io.millrace.server.lineage;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How lineage is kept up to date. */
@ConfigMapping(prefix = "millrace.lineage")
public interface LineageConfig {
    @Setting("How often views and jobs are looked for whose lineage is not known yet.")
    @WithDefault("2s")
    Duration interval();
}
