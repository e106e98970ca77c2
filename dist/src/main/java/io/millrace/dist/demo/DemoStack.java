package io.millrace.dist.demo;

import io.millrace.api.client.MillraceClient;
import io.millrace.dist.stack.Ports;

import java.io.IOException;
import java.nio.file.Path;

/** The local stack, as the demo needs it. One object serves one run of the command. */
public interface DemoStack {
    /**
     * Starts the stack unless it is up already. If it was started here, the end of this process ends it as well, until
     * {@link #keep} is called.
     */
    Ports up() throws IOException, InterruptedException;

    /** From now on the stack stays. */
    void keep() throws InterruptedException;

    /** Calls the server as the stack's own user. */
    MillraceClient client(Ports ports);

    /** The folder with the files of the catalog {@code warehouse}. */
    Path warehouse();

    /** The folder with the examples. */
    Path examples();
}
