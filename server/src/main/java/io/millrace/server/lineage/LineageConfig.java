package io.millrace.server.lineage;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How lineage is kept up to date and whom it is told. */
@ConfigMapping(prefix = "millrace.lineage")
public interface LineageConfig {
    @Setting("How often views and jobs are looked for whose lineage is not known yet.")
    @WithDefault("2s")
    Duration interval();

    OpenLineage openLineage();

    /** Who is told about runs. */
    interface OpenLineage {
        @Setting("Where OpenLineage run events are sent to, such as http://marquez:5000/api/v1/lineage.")
        Optional<URI> url();

        @Setting("File with the token that the receiver asks for.")
        Optional<Path> tokenFile();

        @Setting("File to which run events are appended, one a line, when there is no url.")
        Optional<Path> file();

        @Setting("The namespace of jobs, and of tables whose store is not known, in events.")
        @WithDefault("millrace")
        String namespace();

        @Setting("How long the receiver may take for one event.")
        @WithDefault("10s")
        Duration timeout();

        @Setting("How often an event is sent in vain before it is given up; the pauses grow to five minutes.")
        @WithDefault("100")
        int tries();

        @Setting("How many events may wait for the receiver; of more, the oldest are given up.")
        @WithDefault("10000")
        int waiting();

        /** Whether anybody is told. */
        default boolean enabled() {
            return url().isPresent() || file().isPresent();
        }
    }
}
