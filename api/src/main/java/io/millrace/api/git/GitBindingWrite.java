package io.millrace.api.git;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Where the jobs of a workspace are to come from. Never prints its secrets.
 *
 * @param url {@code https://…}, {@code ssh://…} or {@code file:///…}, without user and password
 * @param branch default {@code main}
 * @param folder below the repository's root; default all of it
 * @param interval how often to look for a new commit, ISO 8601 ({@code PT5M}); without it only when asked
 * @param userName who signs in over HTTPS; default {@code git}
 * @param hostKey the server's key, for SSH: {@code ssh-rsa AAAA…}
 * @param caCertificate whom to trust over HTTPS instead of the usual authorities, in PEM
 * @param secrets {@code token} (HTTPS) or {@code privateKey} (SSH): a text, {@code {"env": NAME}} or
 *     {@code {"file": name}}; one that is left out stays while the repository is the same
 */
public record GitBindingWrite(
        @Nullable String url,
        @Nullable String branch,
        @Nullable String folder,
        @Nullable String interval,
        @Nullable String userName,
        @Nullable String hostKey,
        @Nullable String caCertificate,
        @Nullable Map<String, Object> secrets) {
    @Override
    public String toString() {
        return "GitBindingWrite[url=" + url + ", branch=" + branch + ", folder=" + folder + ", secrets=***]";
    }
}
