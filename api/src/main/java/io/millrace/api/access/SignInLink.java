package io.millrace.api.access;

import java.time.Instant;

/**
 * What lets one browser in, once. Does not print the code.
 *
 * @param path to append to the server's address, the code in its fragment
 */
public record SignInLink(String path, Instant expiresAt) {
    @Override
    public String toString() {
        return "SignInLink[path=***, expiresAt=" + expiresAt + "]";
    }
}
