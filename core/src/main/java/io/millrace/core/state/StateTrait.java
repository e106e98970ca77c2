package io.millrace.core.state;

import static java.util.Objects.requireNonNull;

/**
 * One of the things that decide whether state can be taken over.
 *
 * @param name such as {@code keys}
 * @param text for people, shortened: two different things may have the same text
 * @param digest the same when the state can be taken over as far as this goes
 */
public record StateTrait(String name, String text, String digest) {
    public StateTrait {
        requireNonNull(name, "name");
        requireNonNull(text, "text");
        requireNonNull(digest, "digest");
    }
}
