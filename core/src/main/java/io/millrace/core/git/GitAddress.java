package io.millrace.core.git;

import static java.util.Objects.requireNonNull;

import io.millrace.core.connection.HostName;
import io.millrace.core.error.Flaw;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a repository is: a URL that holds no secret, of a kind that Millrace reaches.
 *
 * @param user who signs in, by SSH only
 * @param host empty for a folder of the server's machine
 * @param port -1 for the usual one
 * @param path from the root, without {@code ..}
 */
public record GitAddress(Scheme scheme, Optional<String> user, String host, int port, String path) {
    private static final String POINTER = "/url";
    private static final int LONGEST = 500;
    private static final String FORMS =
            "Write https://host/path.git, ssh://git@host/path.git or file:///folder/of/a/repository.git.";

    /** How it is reached. */
    public enum Scheme {
        FILE,
        HTTPS,
        SSH
    }

    public GitAddress {
        requireNonNull(scheme, "scheme");
        requireNonNull(user, "user");
        requireNonNull(host, "host");
        requireNonNull(path, "path");
    }

    /** GIT_INVALID, naming {@code /url}, unless it is the URL of a repository. */
    public static GitAddress parse(String url) {
        if (url.length() > LONGEST) {
            throw invalid("The URL is longer than " + LONGEST + " characters.", FORMS);
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw invalid("This is no URL.", form(url));
        }
        Scheme scheme = scheme(uri, url);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw invalid("The URL of a repository has no ? and no #.", FORMS);
        }
        return new GitAddress(scheme, user(uri, scheme), host(uri, scheme), uri.getPort(), path(uri));
    }

    private static Scheme scheme(URI uri, String url) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> Scheme.FILE;
            case "https" -> Scheme.HTTPS;
            case "ssh" -> Scheme.SSH;
            case "http" -> throw invalid("Anybody between could change what is read over http.", "Write https://…");
            default -> throw invalid("This is no URL of a repository that Millrace can read.", form(url));
        };
    }

    /** How to write it; hosts show addresses for SSH in a form of their own. */
    private static String form(String url) {
        return url.matches("[^/:]+@[^/:]+:.+") ? "Write ssh://" + url.replaceFirst(":", "/") + "." : FORMS;
    }

    private static Optional<String> user(URI uri, Scheme scheme) {
        String user = uri.getRawUserInfo();
        if (scheme == Scheme.SSH) {
            if (user != null && !user.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")) {
                throw invalid("Before the @ is the name of a user, and nothing else.", "Write ssh://git@host/path.");
            }
            return Optional.of(user == null ? "git" : user);
        }
        if (user != null) {
            throw invalid(
                    "The URL must not say who signs in: URLs are shown to everybody.",
                    "Give userName and the secret token.");
        }
        return Optional.empty();
    }

    private static String host(URI uri, Scheme scheme) {
        String host = uri.getHost() == null ? "" : uri.getHost().replaceAll("[\\[\\]]", "");
        if (scheme == Scheme.FILE) {
            if (uri.getRawAuthority() != null && !uri.getRawAuthority().isEmpty()) {
                throw invalid("A file: URL names no host.", "Write file:///folder, with three slashes.");
            }
            return "";
        }
        Optional<String> flaw = HostName.flaw(host);
        if (flaw.isPresent()) {
            throw invalid("The host " + flaw.get() + ".", FORMS);
        }
        return host;
    }

    private static String path(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        boolean walks = List.of(path.split("/", -1)).contains("..");
        if (path.length() < 2 || path.contains("//") || path.contains("%") || path.contains("\\") || walks) {
            throw invalid("The path of the repository must be written out, without .. and %.", FORMS);
        }
        return path;
    }

    private static io.millrace.core.error.MillraceException invalid(String message, String hint) {
        return GitSource.invalid(List.of(Flaw.at(POINTER, message, hint)));
    }

    /** The URL, in its one usual form. */
    @Override
    public String toString() {
        String at = user.map(name -> name + "@").orElse("");
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return scheme.name().toLowerCase(Locale.ROOT) + "://" + at + shown + (port < 0 ? "" : ":" + port) + path;
    }
}
