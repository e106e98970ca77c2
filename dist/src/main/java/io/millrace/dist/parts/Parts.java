package io.millrace.dist.parts;

import io.millrace.dist.stack.Part;

import java.util.List;

/** All processes of a local stack. In this order they are shown; those that a dead supervisor left are ended in reverse. */
public final class Parts {
    private Parts() {}

    public static List<Part> of(Site site) {
        return List.of(
                new PostgresPart(site),
                new KafkaPart(site),
                new TaskManagerPart(site),
                new JobManagerPart(site),
                new GatewayPart(site),
                new ServerPart(site));
    }
}
