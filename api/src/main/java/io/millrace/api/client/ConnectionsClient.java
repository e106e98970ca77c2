package io.millrace.api.client;

import io.millrace.api.connection.ConnectionChangeView;
import io.millrace.api.connection.ConnectionKindView;
import io.millrace.api.connection.ConnectionPatch;
import io.millrace.api.connection.ConnectionSpec;
import io.millrace.api.connection.ConnectionTestView;
import io.millrace.api.connection.ConnectionView;
import io.millrace.api.connection.NewConnection;
import io.millrace.api.connection.SecretRotationView;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/** Connections, their kinds and the master keys of their secrets. */
public final class ConnectionsClient {
    private static final String CONNECTION = "/connections/{}";
    private static final String IF_MATCH = "If-Match";

    /** People who name a connection mean it as it is now. */
    private static final String WHATEVER_IS_THERE = "*";

    private final Rest rest;

    ConnectionsClient(Rest rest) {
        this.rest = rest;
    }

    /** All connections, by name; those of one kind if it is given. */
    public List<ConnectionView> list(@Nullable String kind) {
        return Pages.all(token -> rest.get("/connections")
                .query("kind", kind)
                .query("pageSize", Pages.LARGEST)
                .query("pageToken", token)
                .asPage(ConnectionView.class));
    }

    public ConnectionView get(String name) {
        return rest.get(CONNECTION, name).as(ConnectionView.class);
    }

    /** Makes a connection; checks only if {@code dryRun}. */
    public ConnectionView create(NewConnection connection, boolean dryRun) {
        return rest.post("/connections")
                .query("dryRun", dryRun)
                .body(connection)
                .as(ConnectionView.class);
    }

    /** Replaces the content of a connection. */
    public ConnectionView update(String name, ConnectionSpec spec, Update how) {
        return updated(rest.put(CONNECTION, name).body(spec), how);
    }

    /** Changes some of the content of a connection. */
    public ConnectionView update(String name, ConnectionPatch patch, Update how) {
        return updated(rest.patch(CONNECTION, name).body(patch), how);
    }

    private static ConnectionView updated(Call call, Update how) {
        return call.query("dryRun", how.dryRun())
                .query("force", how.force())
                .header(IF_MATCH, WHATEVER_IS_THERE)
                .noticing(how.notices())
                .as(ConnectionView.class);
    }

    /** {@code notices} is given who reads what could be reached by it, in a sentence. */
    public void delete(String name, Consumer<String> notices) {
        rest.delete(CONNECTION, name)
                .header(IF_MATCH, WHATEVER_IS_THERE)
                .noticing(notices)
                .send();
    }

    /** The history, newest first. */
    public List<ConnectionChangeView> changes(String name) {
        return Pages.all(token -> rest.get(CONNECTION + "/changes", name)
                .query("pageSize", Pages.LARGEST)
                .query("pageToken", token)
                .asPage(ConnectionChangeView.class));
    }

    /** Tries a connection as it is kept. */
    public ConnectionTestView test(String name) {
        return rest.post(CONNECTION + "/tests", name).as(ConnectionTestView.class);
    }

    /** Tries a connection that is not kept. */
    public ConnectionTestView test(NewConnection connection) {
        return rest.post("/connection-tests").body(connection).as(ConnectionTestView.class);
    }

    public List<ConnectionKindView> kinds() {
        return Pages.all(token -> rest.get("/connection-kinds").asPage(ConnectionKindView.class));
    }

    /**
     * How a connection is changed.
     *
     * @param dryRun check only
     * @param force change it although tables that are there would no longer be allowed
     * @param notices is given what the change means for tables, in sentences
     */
    public record Update(boolean dryRun, boolean force, Consumer<String> notices) {}

    /** Seals all secrets with the current master key. */
    public SecretRotationView rotate() {
        return rest.post("/secret-rotations").as(SecretRotationView.class);
    }
}
