package io.millrace.server.target;

import io.millrace.server.setting.Setting;
import io.smallrye.config.ConfigMapping;

import java.net.URI;

/** Which clusters there are. */
@ConfigMapping(prefix = "millrace.target")
public interface TargetConfig {
    Local local();

    /** The target {@code local}. */
    interface Local {
        @Setting("Address of the JobManager's REST API, such as http://127.0.0.1:8081.")
        URI restUrl();

        @Setting("URI of the folder below which the cluster keeps checkpoints; the server reads it.")
        URI checkpoints();

        @Setting("URI of the folder below which savepoints are written; the server reads it.")
        URI savepoints();

        @Setting("URI of the folder in which the cluster archives finished jobs; the server reads it.")
        URI archive();
    }
}
