package io.millrace.core.lineage;

import static java.util.Objects.requireNonNull;

/**
 * A flow with who makes it.
 *
 * @param place which of the maker's flows, from 0
 * @param line where its statement begins in the maker's script, from 1
 */
public record MadeFlow(Maker maker, int place, int line, Flow flow) {
    public MadeFlow {
        requireNonNull(maker, "maker");
        requireNonNull(flow, "flow");
    }

    /** Names the flow among all others. */
    public String id() {
        return maker.kind() + ":" + maker.id() + ":" + maker.version() + ":" + place;
    }
}
