package io.millrace.api.access;

import org.jspecify.annotations.Nullable;

/**
 * How browsers get in, besides by name and password.
 *
 * @param oidc what people call the OpenID provider that signs them in; null when there is none
 */
public record SignInWays(@Nullable String oidc) {}
