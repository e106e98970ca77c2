package io.millrace.server.catalog;

import io.millrace.core.catalog.TablePath;
import io.millrace.core.error.ErrorCode;
import io.millrace.core.error.Flaw;
import io.millrace.core.error.MillraceException;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The folder below which the tables of a connection may have their files. A metastore tells any location that somebody
 * gave it, {@code file:///etc} included, and so does a table's metadata; Flink is sent to none outside.
 */
record TableFolder(String root) {
    /** TABLE_INVALID for a location that is not below the root. */
    void check(TablePath path, String location) {
        if (!allows(location)) {
            String hint = "Only tables with files below " + root + " can be used; that is a field of the connection.";
            throw new MillraceException(
                    ErrorCode.TABLE_INVALID,
                    "Table " + path + " of the Hive metastore has its files outside the connection's folder. " + hint,
                    List.of(Flaw.at("/name", "the files are elsewhere", hint)));
        }
    }

    boolean allows(String location) {
        Optional<URI> below = parse(root);
        Optional<URI> given = parse(location);
        if (below.isEmpty() || given.isEmpty()) {
            return false;
        }
        String folder = folder(below.get());
        return Objects.equals(below.get().getScheme(), given.get().getScheme())
                && Objects.equals(authority(below.get()), authority(given.get()))
                && (folder(given.get()) + "/").startsWith(folder.equals("/") ? folder : folder + "/");
    }

    private static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text);
            boolean whole = uri.getScheme() != null
                    && uri.getPath() != null
                    && uri.getPath().startsWith("/")
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
            // Steps that another reader of the URI might resolve differently.
            boolean plain = whole && !uri.getPath().matches(".*(^|/)\\.{1,2}(/.*|$)") && text.indexOf('%') < 0;
            return plain ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String authority(URI uri) {
        return uri.getAuthority() == null ? "" : uri.getAuthority();
    }

    private static String folder(URI uri) {
        String path = uri.getPath().replaceAll("/+", "/");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
