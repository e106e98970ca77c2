package io.millrace.server.job;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How the loop looks after jobs. */
@ConfigMapping(prefix = "millrace.job")
public interface JobConfig {
    @Setting("How often a cluster is looked at while nothing changes.")
    @WithDefault("2s")
    Duration interval();

    @Setting("How often a cluster is looked at in the seconds after a job was asked to start or stop.")
    @WithDefault("100ms")
    Duration fastInterval();

    @Setting("How long a server may be silent before another one takes over the clusters that it looks after.")
    @WithDefault("10s")
    Duration lease();

    @Setting("How long the version of a proof may take until all its tasks run.")
    @WithDefault("3m")
    Duration proofLimit();

    @Setting("How many of the checkpoints that the server times may be under way on one cluster at the same time.")
    @WithDefault("4")
    int checkpointsAtOnce();

    @Setting("How long a deleted job stays in the bin, from where it can be restored.")
    @WithDefault("30d")
    Duration keepDeleted();

    @Setting("How many clients this server streams events of jobs to at the same time.")
    @WithDefault("200")
    int eventStreams();
}
