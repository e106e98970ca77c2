package io.millrace.server.access;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Capabilities that no server knows, for a gateway that asks none. */
public final class TestCapabilities implements Capabilities {
    private final Set<UUID> open = new HashSet<>();

    /** How many have not been given back. */
    public int open() {
        return open.size();
    }

    @Override
    public Capability ofCaller(Duration lifetime) {
        UUID id = UUID.randomUUID();
        open.add(id);
        return new Capability(id, "secret-" + id);
    }

    @Override
    public <T> T duringCall(Function<String, T> call) {
        return call.apply("of the caller");
    }

    @Override
    public <T> T during(UUID principal, Function<String, T> call) {
        return call.apply("of " + principal);
    }

    @Override
    public <T> T during(UUID principal, Optional<Set<String>> objects, Function<String, T> call) {
        return during(principal, call);
    }

    @Override
    public <T> T duringWork(Function<String, T> call) {
        return call.apply("of the system");
    }

    @Override
    public void end(Capability capability) {
        open.remove(capability.id());
    }
}
