package io.millrace.server.connection.probe;

import io.millrace.api.Json;
import io.millrace.core.connection.ConnectionKind;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.Security;

/** The process that tries one connection: a request on standard input, a line for each stage on standard output. */
public final class ProbeMain {
    private ProbeMain() {}

    /** Takes no arguments: others can see them. */
    public static void main(String[] arguments) throws IOException {
        // A name that was checked leads to the same address for as long as this process lives, whoever resolves it.
        Security.setProperty("networkaddress.cache.ttl", "-1");
        ProbeRequest request = Json.strict().readValue(System.in, ProbeRequest.class);
        request.trust().forEach(System::setProperty);
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        var stages = new Stages(out, request.secrets().values());
        ConnectionKind kind = ConnectionKind.of(request.kind()).orElseThrow();
        try {
            Probes.of(kind).run(new Probed(request), stages);
        } catch (Stages.FailedException e) {
            // Told as its stage's outcome.
        }
        out.flush();
        // A client's threads may live on.
        Runtime.getRuntime().halt(0);
    }
}
