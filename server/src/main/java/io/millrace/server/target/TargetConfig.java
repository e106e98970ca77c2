package io.millrace.server.target;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;

import java.net.URI;
import java.util.Optional;

/** Which clusters there are. */
@ConfigMapping(prefix = "millrace.target")
public interface TargetConfig {
    Local local();

    /** The target {@code local}. */
    interface Local {
        @Setting("Address of the JobManager's REST API, such as http://127.0.0.1:8081.")
        URI restUrl();

        @Setting("URI of the folder below which the cluster keeps checkpoints; the server reads and deletes them.")
        URI checkpoints();

        @Setting("URI of the folder below which savepoints are written; the server reads and deletes them.")
        URI savepoints();

        @Setting(
                "URI of the folder from which savepoints of elsewhere may be imported: each workspace has a folder of its"
                        + " name in it. Without it nothing is imported but what deleted jobs of the workspace left.")
        Optional<URI> imports();

        @Setting("URI of the folder in which the cluster archives finished jobs; the server reads it.")
        URI archive();
    }
}
