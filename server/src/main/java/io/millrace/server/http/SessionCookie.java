package io.millrace.server.http;

import jakarta.ws.rs.core.NewCookie;

import java.net.URI;
import java.time.Duration;

/** The cookie that keeps a browser signed in: no script reads it, no other site makes the browser send it. */
public final class SessionCookie {
    static final String NAME = "millrace_session";

    private SessionCookie() {}

    /**
     * Makes the browser send the secret from now on.
     *
     * @param self the address by which the browser knows the server
     */
    public static NewCookie of(String secret, Duration lifetime, URI self) {
        return new NewCookie.Builder(NAME)
                .value(secret)
                .path("/")
                .maxAge(Math.toIntExact(lifetime.toSeconds()))
                .httpOnly(true)
                .secure("https".equals(self.getScheme()))
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    /** Makes the browser forget it. */
    public static NewCookie none(URI self) {
        return of("", Duration.ZERO, self);
    }
}
