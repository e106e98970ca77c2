package io.millrace.server.job;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Which savepoints and checkpoints stay. What something refers to, what is pinned and what was imported always does. */
@ConfigMapping(prefix = "millrace.snapshot")
public interface SnapshotConfig {
    @Setting(
            "How many savepoints and retained checkpoints of each job are kept, the newest ones, however old they are.")
    @WithDefault("10")
    int keep();

    @Setting("How long savepoints and retained checkpoints are kept, however many there are.")
    @WithDefault("7d")
    Duration keepFor();
}
