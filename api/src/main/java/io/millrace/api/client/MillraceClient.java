package io.millrace.api.client;

import io.millrace.api.ServerInfo;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/** The public API of one server, one method per resource. Used by the command line, the demo, benchmarks and tests. */
public final class MillraceClient {
    private final Rest rest;

    private MillraceClient(Rest rest) {
        this.rest = rest;
    }

    /** Talks to the server at an address without path, such as {@code http://127.0.0.1:8080}. Does not call it yet. */
    public static MillraceClient at(URI server) {
        return new MillraceClient(Rest.at(server).below("/api/v1"));
    }

    /** The same server, with a token that proves the caller; asked for before each call. */
    public MillraceClient withToken(Supplier<String> token) {
        return new MillraceClient(rest.withToken(token));
    }

    /** The same server with another limit on the time until an answer. */
    public MillraceClient withTimeout(Duration limit) {
        return new MillraceClient(rest.withTimeout(limit));
    }

    public ServerInfo info() {
        return rest.get("/info").as(ServerInfo.class);
    }

    /** Who may do what, and groups. */
    public GrantsClient grants() {
        return new GrantsClient(rest);
    }

    public AccessClient access() {
        return new AccessClient(rest);
    }

    public GitClient git() {
        return new GitClient(rest);
    }

    public WorkspacesClient workspaces() {
        return new WorkspacesClient(rest);
    }

    /** Of the workspace that every installation has; {@link JobsClient#in} leads to others. */
    public JobsClient jobs() {
        return new JobsClient(rest, JobsClient.DEFAULT_WORKSPACE);
    }

    public SqlClient sql() {
        return new SqlClient(rest);
    }

    public LineageClient lineage() {
        return new LineageClient(rest);
    }

    public CatalogsClient catalogs() {
        return new CatalogsClient(rest);
    }

    public FunctionsClient functions() {
        return new FunctionsClient(rest);
    }

    public ConnectionsClient connections() {
        return new ConnectionsClient(rest);
    }
}
