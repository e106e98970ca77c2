package io.millrace.server.http;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What somebody forgot to say who may call. In tests only. */
@Path("/api/v1/undeclared")
public final class UndeclaredResource {
    static final String SECRET = "what nobody was to read";

    @GET
    public String read() {
        return SECRET;
    }

    @DELETE
    @Path("{thing}")
    public String remove() {
        return SECRET;
    }
}
