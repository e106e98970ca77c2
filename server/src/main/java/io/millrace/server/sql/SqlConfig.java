package io.millrace.server.sql;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Bounds of SQL sessions. */
@ConfigMapping(prefix = "millrace.sql")
public interface SqlConfig {
    @Setting("How long a SQL session lives without a call.")
    @WithDefault("30m")
    Duration sessionIdle();

    @Setting("Most SQL sessions that are open at the same time.")
    @WithDefault("100")
    int maxSessions();
}
