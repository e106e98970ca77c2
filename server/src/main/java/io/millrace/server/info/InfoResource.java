package io.millrace.server.info;

import io.millrace.api.ServerInfo;
import io.millrace.core.access.Permission;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says what runs here. */
@Path("/api/v1/info")
public final class InfoResource {
    private static final String FLINK_VERSION = "2.3.0";

    private final String version;

    InfoResource(@ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
    }

    @GET
    @Requires(Permission.SELF)
    public ServerInfo get() {
        return new ServerInfo(version, FLINK_VERSION);
    }
}
