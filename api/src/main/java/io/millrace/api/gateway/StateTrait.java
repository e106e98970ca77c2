package io.millrace.api.gateway;

/**
 * One of the things that decide whether state can be taken over.
 *
 * @param name such as {@code keys}
 * @param text for people, shortened
 * @param digest the same when the state can be taken over as far as this goes
 */
public record StateTrait(String name, String text, String digest) {}
