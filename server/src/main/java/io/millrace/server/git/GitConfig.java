package io.millrace.server.git;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How repositories are read. */
@ConfigMapping(prefix = "millrace.git")
public interface GitConfig {
    @Setting("Folder for what is fetched, of this server alone: it is emptied at the start, and nothing is kept in it;"
            + " without it, one among the system's temporary files.")
    Optional<Path> folder();

    @Setting("How long a repository may take to send a commit.")
    @WithDefault("2m")
    Duration fetchLimit();

    @Setting("How often to look whether it is time for a pull of some workspace.")
    @WithDefault("5s")
    Duration pace();
}
