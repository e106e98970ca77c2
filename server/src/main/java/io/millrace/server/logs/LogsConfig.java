package io.millrace.server.logs;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** What is kept of the logs of clusters. */
@ConfigMapping(prefix = "millrace.logs")
public interface LogsConfig {
    @Setting("Whether the logs of clusters are kept for the attempts of jobs that they are about.")
    @WithDefault("true")
    boolean enabled();

    @Setting("How often the logs of a cluster with jobs are read.")
    @WithDefault("30s")
    Duration interval();

    @Setting("How long lines are kept.")
    @WithDefault("14d")
    Duration keep();

    @Setting("How many megabytes the kept lines of one attempt may take, packed; the oldest make room.")
    @WithDefault("64")
    int megabytesPerAttempt();

    @Setting("How many megabytes all kept lines may take together, packed; the oldest make room.")
    @WithDefault("1024")
    int megabytes();

    @Setting(
            "How many megabytes of logs are read from a cluster in a minute, more or less. Flink gives whole files only,"
                    + " so large ones are read less often.")
    @WithDefault("64")
    int megabytesPerMinute();
}
