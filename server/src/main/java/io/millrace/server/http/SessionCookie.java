package io.millrace.server.http;

import jakarta.ws.rs.core.NewCookie;

import java.net.URI;
import java.time.Duration;

/** The cookies that keep a browser signed in and let it come back: no script reads it, no other site makes the browser send it. */
public final class SessionCookie {
    static final String NAME = "millrace_session";

    /** Of the cookie that a browser comes back from the OpenID provider with. */
    public static final String ATTEMPT = "millrace_sign_in";

    private SessionCookie() {}

    /**
     * Makes the browser send the secret from now on.
     *
     * @param self the address by which the browser knows the server
     */
    public static NewCookie of(String secret, Duration lifetime, URI self) {
        return of(NAME, secret, "/", lifetime, self);
    }

    /** Binds a sign-in that begins to the browser. */
    public static NewCookie attempt(String secret, Duration lifetime, URI self) {
        return of(ATTEMPT, secret, "/api/v1/session", lifetime, self);
    }

    /** Makes the browser forget the session. */
    public static NewCookie none(URI self) {
        return of("", Duration.ZERO, self);
    }

    private static NewCookie of(String name, String secret, String path, Duration lifetime, URI self) {
        return new NewCookie.Builder(name)
                .value(secret)
                .path(path)
                .maxAge(Math.toIntExact(lifetime.toSeconds()))
                .httpOnly(true)
                .secure("https".equals(self.getScheme()))
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
