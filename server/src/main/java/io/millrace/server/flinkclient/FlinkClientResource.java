package io.millrace.server.flinkclient;

import io.millrace.core.access.Permission;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;
import io.millrace.server.flinkclient.FlinkClientMessages.CompleteStatement;
import io.millrace.server.flinkclient.FlinkClientMessages.CompletedStatement;
import io.millrace.server.flinkclient.FlinkClientMessages.ConfigureSession;
import io.millrace.server.flinkclient.FlinkClientMessages.ExecuteStatement;
import io.millrace.server.flinkclient.FlinkClientMessages.ExecutedStatement;
import io.millrace.server.flinkclient.FlinkClientMessages.Info;
import io.millrace.server.flinkclient.FlinkClientMessages.Nothing;
import io.millrace.server.flinkclient.FlinkClientMessages.OpenSession;
import io.millrace.server.flinkclient.FlinkClientMessages.OpenedSession;
import io.millrace.server.flinkclient.FlinkClientMessages.Results;
import io.millrace.server.flinkclient.FlinkClientMessages.SessionConfig;
import io.millrace.server.flinkclient.FlinkClientMessages.Status;
import io.millrace.server.flinkclient.FlinkClientMessages.Versions;
import io.millrace.server.http.Requires;
import io.millrace.server.http.Unrecorded;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * HTTP face of {@link FlinkClientService}, at the addresses of Flink's own SQL gateway. They are not below a prefix,
 * because Flink's JDBC driver knows a host and a port only.
 */
@Path("/v{version:[1-4]}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class FlinkClientResource {
    private static final Info INFO = new Info("Apache Flink", "2.3.0");
    private static final Versions VERSIONS = new Versions(List.of("V1", "V2", "V3", "V4"));

    private final FlinkClientService service;

    FlinkClientResource(FlinkClientService service) {
        this.service = service;
    }

    @GET
    @Path("info")
    @Requires(Permission.SQL_RUN)
    public Info info() {
        return INFO;
    }

    @GET
    @Path("api_versions")
    @Requires(Permission.SQL_RUN)
    public Versions versions() {
        return VERSIONS;
    }

    @POST
    @Path("sessions")
    @Requires(Permission.SQL_RUN)
    public OpenedSession open(OpenSession wanted) {
        return new OpenedSession(service.open(wanted));
    }

    @GET
    @Path("sessions/{session}")
    @Requires(Permission.SQL_RUN)
    public SessionConfig config(@PathParam("session") String session) {
        return new SessionConfig(service.config(session));
    }

    @DELETE
    @Path("sessions/{session}")
    @Requires(Permission.SQL_RUN)
    public Status close(@PathParam("session") String session) {
        service.close(session);
        return new Status("CLOSED");
    }

    @POST
    @Path("sessions/{session}/heartbeat")
    @Requires(Permission.SQL_RUN)
    @Unrecorded
    public Map<String, String> heartbeat(@PathParam("session") String session, Nothing body) {
        service.touch(session);
        return Map.of();
    }

    @POST
    @Path("sessions/{session}/configure-session")
    @Requires(Permission.SQL_RUN)
    public Map<String, String> configure(@PathParam("session") String session, ConfigureSession wanted) {
        service.configure(session, wanted);
        return Map.of();
    }

    @POST
    @Path("sessions/{session}/statements")
    @Requires(Permission.SQL_RUN)
    public ExecutedStatement execute(@PathParam("session") String session, ExecuteStatement wanted) {
        return new ExecutedStatement(service.execute(session, wanted));
    }

    @GET
    @Path("sessions/{session}/complete-statement")
    @Requires(Permission.SQL_RUN)
    public CompletedStatement complete(@PathParam("session") String session, CompleteStatement request) {
        return new CompletedStatement(service.complete(session, request));
    }

    @GET
    @Path("sessions/{session}/operations/{operation}/status")
    @Requires(Permission.SQL_RUN)
    public Status status(@PathParam("session") String session, @PathParam("operation") String operation) {
        return new Status(service.status(session, operation));
    }

    @POST
    @Path("sessions/{session}/operations/{operation}/cancel")
    @Requires(Permission.SQL_RUN)
    public Status cancel(@PathParam("session") String session, @PathParam("operation") String operation, Nothing body) {
        service.forget(session, operation);
        return new Status("CANCELED");
    }

    @DELETE
    @Path("sessions/{session}/operations/{operation}/close")
    @Requires(Permission.SQL_RUN)
    public Status close(@PathParam("session") String session, @PathParam("operation") String operation) {
        service.forget(session, operation);
        return new Status("CLOSED");
    }

    @GET
    @Path("sessions/{session}/operations/{operation}/result/{token:[0-9]{1,9}}")
    @Requires(Permission.SQL_RUN)
    public Results fetch(
            @PathParam("version") int version,
            @PathParam("session") String session,
            @PathParam("operation") String operation,
            @PathParam("token") int token,
            @QueryParam("rowFormat") @DefaultValue("JSON") String rowFormat) {
        String base = "/v" + version + "/sessions/" + session + "/operations/" + operation + "/result/";
        return service.fetch(session, operation, token, format(rowFormat), base);
    }

    @POST
    @Path("sessions/{session}/scripts")
    @Requires(Permission.SQL_RUN)
    public void deploy(@PathParam("session") String session) {
        refuse("Scripts are not deployed here; make a job of it with `millrace job apply`.");
    }

    @POST
    @Path("sessions/{session}/materialized-tables/{table}/refresh")
    @Requires(Permission.SQL_RUN)
    public void refresh(@PathParam("session") String session, @PathParam("table") String table) {
        refuse("There are no materialized tables; write a job with an INSERT statement.");
    }

    private static void refuse(String sentence) {
        throw new MillraceException(ErrorCode.SQL_REFUSED, sentence);
    }

    private static FlinkRows.Format format(String name) {
        return Arrays.stream(FlinkRows.Format.values())
                .filter(each -> each.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.REQUEST_INVALID,
                        "'rowFormat' must be JSON or PLAIN_TEXT, not '" + name + "'.",
                        List.of(Flaw.at("/rowFormat", "unknown"))));
    }
}
