package io.millrace.server.http;

/** A feature's part of the internal API. {@code http} finds all of them and mounts them behind the token. */
public interface InternalEndpoints {
    void mount(InternalRouter router);
}
