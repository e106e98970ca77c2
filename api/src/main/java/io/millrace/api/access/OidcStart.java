package io.millrace.api.access;

/**
 * Where a browser goes to sign in.
 *
 * @param address of the OpenID provider, with what it has to know
 */
public record OidcStart(String address) {}
