package io.millrace.core.connection;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** URIs of folders and services: scheme, host, port and path, and nothing in which something else could be hidden. */
public final class Uris {
    private static final Pattern PLAIN =
            Pattern.compile("[a-z0-9]{1,10}://[A-Za-z0-9_.\\-:\\[\\]]*(/[A-Za-z0-9_.~=-]+)*/?");
    private static final Pattern LOCAL_START = Pattern.compile("file:///.*");

    private Uris() {}

    static Optional<String> rootFlaw(String text, List<String> schemes) {
        String example = schemes.contains("file") ? "file:///srv/data" : schemes.get(0) + "://host/folder";
        Optional<String> wrong = flaw(text, schemes, "the URI of a folder, like " + example);
        if (wrong.isPresent()) {
            return wrong;
        }
        if (text.startsWith("file:") && !LOCAL_START.matcher(text).matches()) {
            return Optional.of("must begin with file:/// and name no host");
        }
        return Optional.empty();
    }

    static Optional<String> serviceFlaw(String text, List<String> schemes) {
        String meaning = "the address of a service, like " + schemes.get(0) + "://host:8181/path";
        Optional<String> wrong = flaw(text, schemes, meaning);
        return wrong.isPresent() || host(text).isPresent() ? wrong : Optional.of("must be " + meaning);
    }

    /** The host of a checked URI; empty if it names none. */
    public static Optional<String> host(String text) {
        return parse(text)
                .map(URI::getHost)
                .map(host -> host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }

    private static Optional<String> flaw(String text, List<String> schemes, String meaning) {
        Optional<URI> uri = PLAIN.matcher(text).matches() ? parse(text) : Optional.empty();
        if (uri.isEmpty() || text.length() > 1024) {
            return Optional.of("must be " + meaning + ", without user, query or escapes");
        }
        if (!schemes.contains(uri.get().getScheme())) {
            return Optional.of("must begin with " + String.join(":// or ", schemes) + "://");
        }
        for (String step : uri.get().getRawPath().split("/", -1)) {
            if (step.equals(".") || step.equals("..")) {
                return Optional.of("must not hold . or .. as a step");
            }
        }
        boolean authority = uri.get().getRawAuthority() != null;
        if (authority && uri.get().getHost() == null) {
            return Optional.of("must be " + meaning + ", without user, query or escapes");
        }
        return host(text).flatMap(HostName::flaw).map(wrong -> "has a host that " + wrong);
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
