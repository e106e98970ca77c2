package io.millrace.server.sql;

import io.millrace.api.sql.Analysis;
import io.millrace.api.sql.CompletionRequest;
import io.millrace.api.sql.Completions;
import io.millrace.api.sql.NewAnalysis;
import io.millrace.api.sql.NewSqlSession;
import io.millrace.api.sql.NewSqlStatement;
import io.millrace.api.sql.ResultPage;
import io.millrace.api.sql.SqlSessionView;
import io.millrace.api.sql.SqlStatementView;
import io.millrace.core.access.Permission;
import io.millrace.server.http.PageRequest;
import io.millrace.server.http.Requires;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

import java.net.URI;

/** HTTP face of {@link SqlSessionService}. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class SqlResource {
    private static final String SESSIONS = "/api/v1/sql-sessions/";

    private final SqlSessionService sessions;

    SqlResource(SqlSessionService sessions) {
        this.sessions = sessions;
    }

    @POST
    @Path("sql-sessions")
    @Requires(Permission.SQL_RUN)
    public Response open(@Nullable NewSqlSession wanted) {
        SqlSessionView opened = sessions.open(SqlInputs.body(wanted));
        return Response.created(URI.create(SESSIONS + opened.id()))
                .entity(opened)
                .build();
    }

    @DELETE
    @Path("sql-sessions/{session}")
    @Requires(Permission.SQL_RUN)
    public void close(@PathParam("session") String session) {
        sessions.close(session);
    }

    @POST
    @Path("sql-sessions/{session}/statements")
    @Requires(Permission.SQL_RUN)
    public Response run(@PathParam("session") String session, @Nullable NewSqlStatement statement) {
        SqlStatementView accepted = sessions.run(session, SqlInputs.statement(statement));
        return Response.created(URI.create(SESSIONS + session + "/statements/" + accepted.id()))
                .entity(accepted)
                .build();
    }

    @GET
    @Path("sql-sessions/{session}/statements/{statement}")
    @Requires(Permission.SQL_RUN)
    public SqlStatementView show(@PathParam("session") String session, @PathParam("statement") String statement) {
        return sessions.show(session, statement);
    }

    @DELETE
    @Path("sql-sessions/{session}/statements/{statement}")
    @Requires(Permission.SQL_RUN)
    public void cancel(@PathParam("session") String session, @PathParam("statement") String statement) {
        sessions.cancel(session, statement);
    }

    @GET
    @Path("sql-sessions/{session}/statements/{statement}/rows")
    @Requires(Permission.SQL_RUN)
    public ResultPage rows(
            @PathParam("session") String session,
            @PathParam("statement") String statement,
            @QueryParam("pageSize") @Nullable Integer pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @QueryParam("waitMillis") @Nullable Integer waitMillis) {
        int size = PageRequest.of(pageSize, null).size();
        return sessions.rows(session, statement, pageToken, size, SqlInputs.waitMillis(waitMillis));
    }

    @POST
    @Path("sql-sessions/{session}/completions")
    @Requires(Permission.SQL_RUN)
    public Completions complete(@PathParam("session") String session, @Nullable CompletionRequest request) {
        return sessions.complete(session, SqlInputs.completion(request));
    }

    @POST
    @Path("sql-analyses")
    @Requires(Permission.SQL_RUN)
    public Analysis analyse(@Nullable NewAnalysis wanted) {
        return sessions.analyse(SqlInputs.analysis(wanted));
    }
}
